"""Tests of writing together."""
