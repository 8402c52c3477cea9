"""The frame around the three apps: settings, addresses, entry points, and the embedded PostgreSQL."""
