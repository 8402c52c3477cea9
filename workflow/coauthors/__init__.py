"""Those who are invited to write or comment a draft together with its group."""
