"""Avsteg: one requirement of one gate waived for one case, asked for with a reason and answered by a named role."""
