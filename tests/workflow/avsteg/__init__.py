"""Avsteg."""
