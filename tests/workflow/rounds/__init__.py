"""Rounds of answers."""
