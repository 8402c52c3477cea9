"""Tests of comments and of what is changed since one read."""
