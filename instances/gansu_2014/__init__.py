"""Gansu's exchange of 2014: its figures, and a generated roster that matches them."""
