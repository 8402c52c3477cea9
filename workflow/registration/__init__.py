"""Satsningar that were on their way before the system: registered afterwards, written in, declared complete."""
