"""How an engine's time grows with the number of arcs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from benchmarks.comparison.measure import Row

SIZES = ("M", "MD", "L", "XL")


class Growth(NamedTuple):
    """Exponents of the time over arcs: between the first size and the last, and by least squares over all of them."""

    first: str
    last: str
    between: float
    fitted: float


def growth(rows: Iterable[Row], method: str = "engine") -> Growth | None:
    """Return how the seconds from the arrays to the audited plan grow, of medians by size.

    None where fewer than two sizes were measured. Only rows of the loose settings count: sizes differ in size alone.
    """
    own = [row for row in rows if row.method == method and row.seconds is not None and row.audit_seconds is not None
           and (row.backbone, row.budget) == ("loose", "loose")]
    points = {size: _point([row for row in own if row.size == size])
              for size in SIZES if any(row.size == size for row in own)}
    if len(points) < 2:
        return None
    sizes, at = list(points), list(points.values())
    return Growth(sizes[0], sizes[-1], _slope([at[0], at[-1]]), _slope(at))


def _point(rows: list[Row]) -> tuple[float, float]:
    """Return the logarithms of the medians of arcs and seconds."""
    seconds = median((row.seconds or 0.0) + (row.audit_seconds or 0.0) for row in rows)
    return math.log(median(row.arcs for row in rows)), math.log(seconds)


def _slope(points: list[tuple[float, float]]) -> float:
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
