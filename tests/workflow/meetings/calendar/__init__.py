"""Calendars of meetings and the letters that invite to them."""
