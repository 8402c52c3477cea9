"""The pages about the constitution: bodies, ärendegång, målbild, people and their roles."""
