"""Rotation after nine years at one school."""
