"""Versions of a path while cases run in them: what differs, who may be moved, and the moves themselves."""
