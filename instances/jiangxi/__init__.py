"""Jiangxi: ageing village schools, subsidies by remoteness, shared lodging, home counties and swaps."""
