"""Seats filled by county."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.words import percent


class County(NamedTuple):
    """One county's seats; `share` is from 0 to 1."""

    name: str
    filled: int
    seats: int
    share: float
    shown: str


def counties(report: Report, lang: Lang) -> list[County]:
    """Return the counties with a need, the least filled first."""
    found = [County(name, share.part, share.whole, float(share.value or 0), percent(share.value))
             for name, share in report.metrics.county_fill.items()]
    return sorted(found, key=lambda county: (county.share, county.filled - county.seats))
