"""Work that takes time, shown to the person who asked for it: how far it has come, and what came of it."""
