"""Decisions between meetings: per capsulam, and by the chair on delegation."""
