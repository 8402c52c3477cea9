"""Decisions between meetings."""
