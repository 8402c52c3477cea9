"""Tests of cases registered afterwards."""
