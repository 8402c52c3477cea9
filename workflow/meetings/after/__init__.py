"""What comes of decisions: extracts, what is brought home, what is to be carried out."""
