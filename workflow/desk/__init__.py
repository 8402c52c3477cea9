"""Mitt arbete: everything that waits for a person as one list, and what the person waits for from others."""
