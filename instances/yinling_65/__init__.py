"""Retired teachers up to 65."""
