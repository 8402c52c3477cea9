"""System checks that stop a start with a wrong declaration."""
