"""Tests of last days, reminders and why cases stand still."""
