"""How dates, times and numbers are written and read, where Django's own Swedish differs from ours."""
