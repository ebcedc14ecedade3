"""The geometry of a simulation's charts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.scenarios.arrivals.records import CountyRisk, Number

WIDTH, HEIGHT = 600.0, 190.0
"""Of a plot's frame, in the units of its picture."""
MOST_BINS = 60
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Bar(NamedTuple):
    """A bar from the frame's floor: its left, width and height, and what it stands for."""

    x: float
    width: float
    height: float
    label: str
    draws: int


class Mark(NamedTuple):
    """A place on an axis."""

    at: float
    label: str


class Histogram(NamedTuple):
    """Draws by number: `first` arrived, `second` filled in the end; `planned` is where the plan stands."""

    first: list[Bar]
    second: list[Bar]
    ticks: list[Mark]
    planned: float
    step: int


def histogram(arrived: Mapping[int, int], filled: Mapping[int, int], planned: int) -> Histogram:
    """Return two histograms on one axis, which ends at what was planned."""
    low = min(*arrived, *filled)
    step = next((s for s in _STEPS if planned - low < s * MOST_BINS), (planned - low) // MOST_BINS + 1)
    start = planned - step * math.ceil((planned - low + 1) / step) + 1
    n = (planned - start) // step + 1
    most = max(max(_binned(counts, start, step, n)) for counts in (arrived, filled))
    bars = [_bars(_binned(counts, start, step, n), start, step, most) for counts in (arrived, filled)]
    every = max(1, math.ceil(n / 8))
    ticks = [Mark(WIDTH * (k + 0.5) / n, f"{start + k * step:,}") for k in range(n - 1, -1, -every)]
    return Histogram(bars[0], bars[1], ticks, WIDTH * (n - 0.5) / n, step)


def _binned(counts: Mapping[int, int], start: int, step: int, n: int) -> list[int]:
    bins = [0] * n
    for value, count in counts.items():
        bins[(value - start) // step] += count
    return bins


def _bars(bins: Sequence[int], start: int, step: int, most: int) -> list[Bar]:
    width = WIDTH / len(bins)
    return [Bar(width * k, width, HEIGHT * count / most, _range(start + k * step, step), count)
            for k, count in enumerate(bins)]


def _range(low: int, step: int) -> str:
    return f"{low:,}" if step == 1 else f"{low:,}-{low + step - 1:,}"


class Curve(NamedTuple):
    """The chance by the number chosen, as points of a polyline; `wanted` and `chosen` are the lines through it."""

    points: str
    ticks: list[Mark]
    levels: list[Mark]
    wanted: float
    chosen: float


def curve(number: Number, wanted: float) -> Curve | None:
    """Return the chance that enough arrive against the number chosen; None where there is none."""
    if number.number is None or len(number.curve) < 2:
        return None
    first, last = number.curve[0][0], number.curve[-1][0]
    across = {n: WIDTH * (n - first) / (last - first) for n, _ in number.curve}
    points = " ".join(f"{across[n]:.1f},{HEIGHT * (1 - chance):.1f}" for n, chance in number.curve)
    every = max(1, math.ceil((last - first) / 8))
    ticks = [Mark(across[n], f"{n:,}") for n in range(first, last + 1, every)]
    levels = [Mark(HEIGHT * (1 - k / 4), f"{25 * k}%") for k in range(5)]
    return Curve(points, ticks, levels, HEIGHT * (1 - wanted), across[number.number])


class Range(NamedTuple):
    """A county's filled seats as shares of those planned: from, mean and to, in hundredths of the width."""

    low: float
    mean: float
    high: float


def county_range(county: CountyRisk) -> Range:
    """Return where a county's outcomes lie."""
    low, mean, high = (100 * value / county.planned for value in (county.low, county.mean, county.high))
    return Range(low, mean, high)
