"""Posts with empty seats."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.gaps import Gap, gaps

MOST = 40
"""How many posts are shown; the workbook has them all."""


class Missing(NamedTuple):
    """The most urgent posts, of `total` with `seats` empty seats, and how many seats each reason accounts for."""

    shown: list[Gap]
    total: int
    seats: int
    reasons: list[tuple[str, int]]


def missing(report: Report, lang: Lang) -> Missing:
    """Return the posts with empty seats, the most urgent first."""
    found = gaps(report, lang)
    reasons: Counter[str] = Counter()
    for gap in found:
        reasons[gap.why] += gap.gap
    return Missing(found[:MOST], len(found), reasons.total(), reasons.most_common())
