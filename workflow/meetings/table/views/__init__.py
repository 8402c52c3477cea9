"""The pages of the table: the meeting as it goes on, one matter, a section, the closing."""
