"""Matters that are no satsning."""
