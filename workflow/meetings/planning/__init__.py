"""Planning meetings: the year's dates, the agenda, other matters and the kallelse."""
