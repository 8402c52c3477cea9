"""Versions of a path while cases run in them."""
