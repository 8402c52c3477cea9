"""How long the acts and the pages take, measured against the same work in hand-written SQL: `python -m bench`."""
