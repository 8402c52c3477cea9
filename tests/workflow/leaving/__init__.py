"""Leaving a body, and a new term of office."""
