"""Comments on the parts of a case, and what has changed there since somebody last read."""
