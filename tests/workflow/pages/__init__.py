"""The pages of cases on their way."""
