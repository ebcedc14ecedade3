"""How many of some people arrive, each for themselves: exact distributions, numbers and intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CONFIDENCE = 0.95
"""Of every interval."""
TINY = 1e-12
"""What rounding may take off a chance."""
TINIEST = 1e-300
MOST = 1_000_000
"""People beyond whom no number is looked for."""
LOOKED_AT = 50_000
"""The same, where people of many kinds are added one by one."""


class Choose(NamedTuple):
    """How many to choose, and the chance that enough of them arrive."""

    number: int
    reached: float


def distribution(rates: Sequence[float] | Floats) -> Floats:
    """Return the chance that 0, 1, ..., n of n people arrive, each at their own rate, independently.

    The Poisson binomial distribution, by adding one person after the other, which is exact but for rounding (Y. Hong,
    "On computing the distribution function for the Poisson binomial distribution", Computational Statistics & Data
    Analysis 59, 2013, section 2.5, the recursive formula).
    """
    chances = np.ones(1)
    for rate in rates:
        chances = _with_one_more(chances, rate)
    return chances


def _with_one_more(chances: Floats, rate: float) -> Floats:
    return np.append(chances, 0.0) * (1 - rate) + np.concatenate([[0.0], chances]) * rate


def at_least(rates: Sequence[float] | Floats, number: int) -> float:
    """Return the chance that `number` or more of the people arrive."""
    return 1.0 if number <= 0 else float(min(1.0, distribution(rates)[number:].sum()))


def quantile(chances: Floats, share: float) -> int:
    """Return the least number that at least `share` of the chances do not exceed."""
    return int(np.argmax(np.cumsum(chances) >= share - TINY))


def to_choose(seats: int, chance: float, rates: Sequence[float] | Floats, further: float) -> Choose | None:
    """Return the least number of people to choose so that `seats` or more arrive with at least `chance`.

    Parameters
    ----------
    rates : of those who are chosen first, in order
    further : the rate of everybody after them

    Returns
    -------
    None where more than `MOST` would be needed
    """
    chances = np.ones(1)
    for number in range(len(rates) + 1):
        if number:
            chances = _with_one_more(chances, rates[number - 1])
        if number >= seats and chances[seats:].sum() >= chance - TINY:
            return Choose(number, float(chances[seats:].sum()))
    return _further(seats, chance, chances, further)


def growing(rates: Sequence[float] | Floats, seats: int, begin: int) -> Iterator[tuple[int, float]]:
    """Yield, of the first `begin` and more of the people, how many and the chance that `seats` of them arrive."""
    chances = distribution(rates[:begin])
    yield begin, float(chances[seats:].sum())
    for number in range(begin + 1, len(rates) + 1):
        chances = _with_one_more(chances, rates[number - 1])
        yield number, float(chances[seats:].sum())


def _further(seats: int, chance: float, chances: Floats, rate: float) -> Choose | None:
    """Return how many are needed beyond those whose number who arrive has the distribution `chances`."""
    from scipy.stats import binom

    lacking = seats - np.arange(len(chances))

    def reached(more: int) -> float:
        return float(chances @ binom.sf(lacking - 1, more, rate))

    low, high = 0, 1
    while reached(high) < chance - TINY:
        low, high = high, 2 * high
        if high > MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reached(middle) < chance - TINY else (low, middle)
    return Choose(len(chances) - 1 + high, reached(high))


def shared_out(seats: Sequence[int], rates: Sequence[float], chance: float) -> tuple[list[int], float]:
    """Return how many to choose for each kind of seats, so that all kinds are filled together with at least `chance`.

    The kinds fill independently, so that the joint chance is the product. One person more goes each time to the kind
    whose logarithm gains most; the logarithm of a binomial tail is concave in the number of people, so that no smaller
    total does (B. Fox, "Discrete optimization via marginal analysis", Management Science 13, 1966).

    Parameters
    ----------
    seats, rates : of each kind

    Returns
    -------
    the numbers, and the joint chance that they give; the seats themselves, with too low a chance, where so many would
    be needed that none is looked for
    """
    from scipy.stats import binom

    if sum(n / r if r else np.inf for n, r in zip(seats, rates, strict=True)) > LOOKED_AT:
        return list(seats), float(np.prod(binom.sf(np.array(seats) - 1, seats, rates)))
    numbers = np.array(seats, np.int64)
    rate, least = np.array(rates, np.float64), np.array(seats, np.int64) - 1
    now, after = binom.sf(least, numbers, rate), binom.sf(least, numbers + 1, rate)
    while np.prod(now) < chance - TINY:
        kind = int(np.argmax(np.log(np.maximum(after, TINIEST)) - np.log(np.maximum(now, TINIEST))))
        numbers[kind] += 1
        now[kind] = after[kind]
        after[kind] = binom.sf(least[kind], numbers[kind] + 1, rate[kind])
    return numbers.tolist(), float(np.prod(now))


def interval(hits: int, draws: int) -> tuple[float, float]:
    """Return the interval of a chance of which `hits` of `draws` were seen: Clopper and Pearson's, which is exact."""
    from scipy.stats import binomtest

    found = binomtest(hits, draws).proportion_ci(CONFIDENCE, "exact")
    return float(found.low), float(found.high)
