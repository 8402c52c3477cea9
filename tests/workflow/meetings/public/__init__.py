"""Decisions and minutes open to everyone."""
