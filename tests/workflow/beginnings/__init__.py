"""Tests of what a new satsning begins from."""
