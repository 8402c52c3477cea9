"""The matter: the satsning and everything it contains."""
