"""Rotation under two shares: 10% of the eligible, 20% of those who go."""
