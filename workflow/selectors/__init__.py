"""Reads over cases on their way, named by what they return; each costs a fixed number of statements."""
