"""Work that takes time."""
