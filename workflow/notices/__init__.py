"""Notices: who is told of which act, on the page and by letter, and what becomes of the letters."""
