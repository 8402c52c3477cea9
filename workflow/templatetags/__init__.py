"""Filters and tags of the pages; none asks the database."""
