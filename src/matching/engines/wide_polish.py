"""A plan bettered by flows: those who make room for others placed anew with the others where they are, then the others.

What makes a program no network are mostly rows in which some arcs, the helpers, make room for others. With the helpers
held the rows are plain counts of the others, with the others held plain counts of the helpers: either way the best plan
is one flow, over arcs anywhere. Sums, such as a budget, are paid for, by both halves at the same prices, steered until
as much is taken as there is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from matching.engines.ledger import Ledger
from matching.engines.quick_plan import flow_within, give_back, left_by, ones, stacked
from matching.engines.quick_rows import Mask, Rows, SortedRows, sorted_rows, with_counts
from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64

MOST_ROUNDS = 8
TRIES = 3
STEP = 0.01
"""By what part the prices of sums are changed as long as it is not known what that does."""
WIDEST = 0.1
"""By what part they are changed at most."""
CLOSE = 1e-4
"""The part of a sum that may be left over, or missing, before those who make room are placed anew."""
LEAST_GAIN = 1e-4
"""The part of a goal that is worth another round."""


class SumPrices:
    """The prices of sums as a part of those given, steered so that flows take as much of the sums as there is."""

    def __init__(self) -> None:
        self.part = 1.0
        self._slope = 0.0
        self._before: tuple[float, float] | None = None

    def take(self, over: float) -> None:
        """Choose the next part, after a flow that took so much more than there is; below 0 is less."""
        if self._before is not None and self._before[0] != self.part:
            slope = (over - self._before[1]) / (self.part - self._before[0])
            self._slope = slope if slope < 0 else self._slope
        self._before = self.part, over
        step = -over / self._slope if self._slope else math.copysign(STEP * self.part, over)
        self.part += max(-WIDEST * self.part, min(WIDEST * self.part, step))

    def anew(self) -> None:
        """Forget the last flow: what the next one takes differs by more than the prices."""
        self._before = None


class Worth(NamedTuple):
    """What each arc costs in all goals, earlier ones weighing more, and about what sums charge it in the same unit."""

    own: Int64
    charge: Int64


def worth(priced: Priced, searched: Sequence[Prices], arcs: Int64) -> Worth:
    """Return what pairs are worth by the prices that bound each goal.

    By the last of them a unit of an earlier goal outweighs what one pair can differ by in later ones. To have a unit
    more, several pairs may have to change: so each earlier goal counts once more, at the prices of its own search.
    """
    last = searched[-1]
    found = Worth(np.zeros(len(arcs), np.int64), np.zeros(len(arcs), np.int64))
    for prices, weight in zip(searched, (*last.goals, last.scale), strict=True):
        own = priced.costs(prices._replace(rows=priced.no_prices()), arcs)
        sums = tuple(row * int(block.matrix.data.min(initial=0) >= 0)
                     for row, block in zip(prices.rows, priced.blocks, strict=True))
        charge = priced.costs(prices._replace(rows=sums), arcs) - own
        found = Worth(*(sum_ + np.rint(cost * (weight / prices.scale)).astype(np.int64)
                        for sum_, cost in zip(found, (own, charge), strict=True)))
    return found


def polish(ledger: Ledger, x: Int64, cost: Worth, prices: SumPrices, over: Callable[[], bool]) -> None:
    """Offer `ledger`, which has no plan yet, one and better ones.

    Both halves are placed at the same prices of sums: what the one leaves of a sum at these is the other's. So a plan
    in between may be worse, or break a sum; from that one the next half begins all the same.

    Parameters
    ----------
    x : the plan to begin with
    prices : those of sums to begin with; left where they were found to be
    over : asked before each flow whether to end
    """
    rows = sorted_rows(ledger.program)
    if rows is None or not ledger.offer(x):
        return
    halves, arcs = _Halves(ledger, rows, cost, prices, over), x[:ledger.program.n_arcs]
    for number in range(MOST_ROUNDS):
        before = ledger.values
        others = halves.others(arcs)
        both = None if others is None else halves.helpers(others)
        if both is None or (number and not gained(before, ledger.values)):
            return
        arcs = both


def gained(before: Sequence[int], now: Sequence[int]) -> bool:
    """Tell whether a plan is well better than the one before in some goal; whether there was none."""
    return not before or any(b - n > LEAST_GAIN * abs(b) for b, n in zip(before, now, strict=True))


class _Halves:
    """Places the helpers, or all others, anew, at prices of sums that both go by."""

    def __init__(self, ledger: Ledger, rows: SortedRows, cost: Worth, prices: SumPrices,
                 over: Callable[[], bool]) -> None:
        self._ledger = ledger
        self._rows = rows
        self._cost = cost
        self._over = over
        self._prices = prices
        self._tries = TRIES if cost.charge.any() else 1

    def others(self, arcs: Int64) -> Int64 | None:
        """Return the arcs with others anew, at prices at which sums are kept to closely; None where time is up or there
        is no flow."""
        free = ~self._rows.helper & ~self._rows.banned
        fixed = np.where(free, 0, arcs)
        room = left_by(self._rows, fixed)
        for _ in range(self._tries):
            found = self._flow(room, free)
            if found is None:
                return None
            arcs = fixed + found
            over_by = self._offered(arcs)
            if abs(over_by) <= CLOSE:
                break
            self._prices.take(over_by)
        self._prices.anew()
        return arcs

    def helpers(self, arcs: Int64) -> Int64 | None:
        """Return the arcs with helpers anew at the same prices; None where time is up or there is no flow."""
        fixed = np.where(self._rows.helper, 0, arcs)
        found = self._flow(_helpers_left(self._rows, fixed), self._rows.helper)
        if found is None:
            return None
        self._prices.take(self._offered(fixed + found))
        self._prices.anew()
        return fixed + found

    def _flow(self, room: Rows, free: Mask) -> Int64 | None:
        cost = self._cost.own + np.rint(self._prices.part * self._cost.charge).astype(np.int64)
        return None if self._over() else flow_within(room, cost, free)

    def _offered(self, arcs: Int64) -> float:
        """Offer the arcs, without those that break a sum; return by what part they did."""
        sums = self._rows.sums
        over_by = (sums.matrix @ arcs - sums.upper) / np.maximum(1, sums.upper)
        kept = arcs.copy()
        give_back(self._rows, kept, self._cost.own)
        self._ledger.offer(with_counts(self._ledger.program, self._rows.definition, kept))
        return float(over_by.max(initial=-1.0))


def _helpers_left(rows: SortedRows, others: Int64) -> Rows:
    """Return what others leave to the helpers: each row is a plain count of these, what they are needed for too."""
    counts, mixed = rows.counts, rows.mixed
    used = counts.matrix @ others
    left = Rows(counts.matrix, counts.lower - used, np.maximum(0, counts.upper - used), counts.rule)
    weakest = _weakest(mixed, rows.helper)
    needed = np.maximum(0, -((mixed.upper - mixed.matrix @ others) // weakest))
    counted = ones(mixed.matrix, mixed.matrix.data < 0)
    return stacked(left, Rows(counted, needed, np.diff(counted.indptr), mixed.rule))


def _weakest(mixed: Rows, helper: Mask) -> Int64:
    """Return for how much the helper who makes the least room does so in each row, 1 where there is none."""
    matrix = mixed.matrix
    makes = np.where((matrix.data < 0) & helper[matrix.indices], -matrix.data, np.iinfo(np.int64).max)
    found = np.full(matrix.shape[0], np.iinfo(np.int64).max)
    np.minimum.at(found, np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), makes)
    return np.where(found == np.iinfo(np.int64).max, 1, found)
