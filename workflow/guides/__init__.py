"""Guides: what each role does here, shown on *mitt arbete* until the person has put it away, and the pages of help."""
