"""The commands of the acts."""
