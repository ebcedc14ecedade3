"""Needs estimated from pupils and staff, beside those that the schools state."""
