"""The overview: Läget, the list of satsningar, a body's page with its cases, and the same as sheets."""
