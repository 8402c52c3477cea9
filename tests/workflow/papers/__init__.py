"""Tests of papers: what they say, in every form."""
