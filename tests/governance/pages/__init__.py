"""The pages about the constitution."""
