"""Last days of steps: what is due when, who is reminded of it, whom it is taken to, and why a case stands still."""
