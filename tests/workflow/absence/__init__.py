"""Tests of absence."""
