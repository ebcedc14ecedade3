"""The figures: those of the source first, then the generator's own assumptions."""

from __future__ import annotations

from datetime import date

UP, DOWN, WITHIN = 552, 468, 30
"""Source: town to mountain, mountain to town, between town schools."""
SCHOOLS = 52
TERM = 3
OVER_HALF = 4
"""Source: schools in which over half of the staff are exchange teachers."""
HEADS_YEARS = 6
"""Source: heads rotate six-yearly."""
YOUNG = 45
"""Source: upward under 45."""

SEED = 552
REFERENCE = date(2014, 9, 1)
COUNTY = ("北京市", "密云区")
TOWN = {"primary": 12, "junior": 8}
MOUNTAIN = {"primary": 20, "junior": 12}
SEATS = {"up": {"primary": 330, "junior": 222}, "down": {"primary": 280, "junior": 188},
         "within": {"primary": 18, "junior": 12}}
GROUPS = 6  # of mountain schools, some 25 km from the town, each tied to every second town school
GROUP_KM = 25
FURTHER = {"up": 60, "down": 40}  # volunteers beyond the seats
HEADS_DUE = 12
EXCESS = (4, 3, 3, 2)
"""By how many exchange teachers the four schools are over half of their staff, once every seat is filled."""
THERE = 8  # exchange teachers whom these four schools already have
RESTING = ("music", "art")
"""Subjects that exchange teachers alone teach in the four schools."""
