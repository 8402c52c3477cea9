"""Rounds of answers: work that several do side by side inside a station, carried by viewflow."""
