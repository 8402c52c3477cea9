"""Calendars: a feed for each person and body, and invitations that are updated and cancelled."""
