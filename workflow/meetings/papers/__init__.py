"""The papers of a meeting: frozen with the kallelse, and written out as one document."""
