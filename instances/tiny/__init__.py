"""Fifteen teachers and ten posts that exercise every column and rule, small enough to check by hand."""
