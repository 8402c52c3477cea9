"""The pages of rounds: read by whoever reads the case; what one may do is asked by the acts and shown as they say."""
