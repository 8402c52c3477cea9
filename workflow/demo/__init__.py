"""The demonstration: people and satsningar that are made up, brought where they stand by the acts alone."""
