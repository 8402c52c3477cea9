"""Absence: a colleague with the same mandates does somebody's work in a body for a period."""
