"""Tests of the constitution."""
