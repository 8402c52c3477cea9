"""Tests of the demonstration: what it loads and what it tells."""
