"""The minutes: made from the records, adjusted by a round, locked, corrected by a rectification."""
