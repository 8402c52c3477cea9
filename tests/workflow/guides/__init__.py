"""Guides and help."""
