"""What the generators of instances share: counties, draws, and records with defaults.

People and schools are synthetic; each instance's README says which of its figures are sourced.
"""
