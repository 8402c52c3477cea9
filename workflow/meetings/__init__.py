"""Meetings of the bodies that prepare and decide: agenda, papers, the table, minutes and what comes of them."""
