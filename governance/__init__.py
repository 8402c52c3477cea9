"""The constitution: who exists, what they may do, and the path that a case takes."""
