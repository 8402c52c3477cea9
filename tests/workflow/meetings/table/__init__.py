"""The acts at the table."""
