"""How far the placed teachers go."""

from __future__ import annotations

import math
from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.words import decimal

MOST_BINS = 12
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


class Bin(NamedTuple):
    """Placements from `low` km up to, but not including, `high`; `share` is of the fullest bin."""

    low: int
    high: int
    people: int
    share: float


class DistanceView(NamedTuple):
    """The histogram; `bins` is empty where no distance is known."""

    bins: list[Bin]
    mean: str
    p90: str
    largest: str
    unknown: int


def distances(report: Report, lang: Lang) -> DistanceView:
    """Return the histogram of the known distances."""
    km, known = report.metrics.km, [p.km for p in report.plan.placements if p.km is not None]
    return DistanceView(histogram(known), decimal(km.mean), decimal(km.p90), decimal(km.largest), km.unknown)


def histogram(kilometres: list[float]) -> list[Bin]:
    """Return at most `MOST_BINS` bins of a round width from 0 on."""
    if not kilometres:
        return []
    step = next((s for s in _STEPS if max(kilometres) < s * MOST_BINS), math.ceil(max(kilometres) / MOST_BINS) + 1)
    counts = [0] * (int(max(kilometres) // step) + 1)
    for km in kilometres:
        counts[int(km // step)] += 1
    return [Bin(i * step, (i + 1) * step, count, count / max(counts)) for i, count in enumerate(counts)]
