"""Figures over draws: spreads, chances and paired differences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.scenarios.arrivals.records import Chance, Difference, Spread
from matching.scenarios.arrivals.tails import CONFIDENCE, interval


def spread(counts: Int64) -> Spread:
    """Return mean, deviation, intervals and quantiles of one count a draw.

    The interval of the mean is Student's. A quantile is the least value that so many of the draws do not exceed.
    """
    mean, sd = float(counts.mean()), float(counts.std(ddof=1)) if len(counts) > 1 else 0.0
    half = _half_width(sd, len(counts))
    low, middle, high = (int(v) for v in np.quantile(counts, (0.025, 0.5, 0.975), method="inverted_cdf"))
    values, number = np.unique(counts, return_counts=True)
    seen = dict(zip(values.tolist(), number.tolist(), strict=True))
    return Spread(mean, sd, mean - half, mean + half, low, middle, high, seen)


def _half_width(sd: float, n: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + CONFIDENCE) / 2, n - 1)) * sd / float(np.sqrt(n)) if n > 1 else float("inf")


def chance(held: Bools) -> Chance:
    """Return how often something held, one truth a draw."""
    hits, draws = int(held.sum()), len(held)
    return Chance(hits, draws, *interval(hits, draws))


def difference(first: Int64, second: Int64) -> Difference:
    """Return the mean of first less second on the same draws; pairing takes off what both have in common."""
    apart: npt.NDArray[np.int64] = first - second
    mean, sd = float(apart.mean()), float(apart.std(ddof=1)) if len(apart) > 1 else 0.0
    half = _half_width(sd, len(apart))
    return Difference(mean, mean - half, mean + half)


def surely(counts: Int64, share: float) -> int:
    """Return the largest number that at least `share` of the draws reach."""
    rising = np.sort(counts)
    return int(rising[len(rising) - int(np.ceil(share * len(rising) - 1e-9))])
