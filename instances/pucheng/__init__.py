"""Rotation after six years at one school, for two years."""
