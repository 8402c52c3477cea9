"""Tests of the reading of sheets that people hand in."""
