"""Commands of the constitution."""
