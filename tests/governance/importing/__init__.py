"""People and memberships from a sheet."""
