"""The forms of the table: opening, deciding otherwise, and the small ones of a matter."""
