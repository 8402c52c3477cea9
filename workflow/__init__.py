"""The acts: moves, decisions, rounds of answers, the journal, the desk and the overview."""
