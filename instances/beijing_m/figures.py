"""The figures of the source, and what the generator adds to them."""

from __future__ import annotations

from datetime import date

REFERENCE = date(2026, 9, 1)
SENT = 100
TITLES = {"first": 58, "senior": 18, "second": 20, "none": 4}
"""58 first and 18 senior are the source's; how the other 24 divide is an assumption."""
LEVELS = {"none": 75, "county": 20, "school": 4, "city": 1}
"""75 without a level and 1 of the city's are the source's; how the other 24 divide is an assumption."""
NEW = 30
MINOR = {"pe": 8, "music": 6, "art": 6, "it": 5}
MINOR_COUNT = 25
"""The source gives no number of the new and of those without a main subject: assumptions."""
SEATS = {"chinese": 4, "math": 3, "english": 3}
"""Seats of each rural school."""
SCHOOLS = {"primary": 6, "junior": 4}
"""Schools that send, and as many that receive."""
AT_HOME = {"city": 24, "county": 20, "none": 16}
"""Teachers who stayed at home, by backbone level."""
