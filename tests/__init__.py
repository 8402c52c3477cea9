"""The tests of the whole, beside those that each app keeps to itself."""
