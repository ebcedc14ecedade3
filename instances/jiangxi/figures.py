"""The figures of the source, and what the generator adds to them."""

from __future__ import annotations

from datetime import date

REFERENCE = date(2026, 9, 1)
COUNTIES = ("宁都县", "于都县", "兴国县")
ALL = 0.2836
SHARES = {"县城小学": 0.2091, "中心小学": 0.3850, "村小": 0.3898, "教学点": 0.5724}
"""Share over 50. All but the county towns' are the source's; that one is what gives the whole its 28.36%."""
STAFF = {"县城小学": 60, "中心小学": 30, "村小": 8, "教学点": 2}
PUPILS = {"县城小学": 1200, "中心小学": 480, "村小": 90, "教学点": 8}
KM = {"县城小学": 1.0, "中心小学": 9.0, "村小": 13.0, "教学点": 17.0}
"""How far schools scatter around the county's seat."""
TIERS = {"中心小学": "边远", "村小": "边远", "教学点": "最边远"}
POSTS = {"中心小学": ("chinese", "english"), "村小": ("math", "music"), "教学点": ("generalist",)}
BEDS = 4
"""Of the lodging that both village schools and one teaching point of a county share."""
TOWN_TEACHERS = ("chinese", "chinese", "math", "math", "english", "music")
"""Volunteers of each school in the county towns."""
RURAL_YEARS = (0, 0, 0, 3, 5.5, 8, 11.5, 14)
"""Years of village service, drawn for each teacher."""


def priority(share: float) -> int:
    """Return a post's priority: 1 where more than half are over 50, 2 where more than in the whole, else 3."""
    return 1 if share > 0.5 else 2 if share > ALL else 3
