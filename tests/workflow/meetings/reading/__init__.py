"""Reading the papers of a meeting."""
