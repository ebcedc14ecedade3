"""A plan bettered by flows: those who make room for others placed anew with the others where they are, then the others.

What makes a program no network are mostly rows in which some arcs, the helpers, make room for others. With the helpers
held the rows are plain counts of the others, with the others held plain counts of the helpers: either way the best plan
is one flow, over arcs anywhere. Sums, such as a budget, are paid for, at prices that rise until the flow keeps to them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.engines.ledger import Ledger
from matching.engines.quick_plan import flow_within, give_back, left_by, ones, stacked
from matching.engines.quick_rows import Mask, Rows, SortedRows, sorted_rows
from matching.problem.program import Int64

MOST_ROUNDS = 4
TRIES = 4
STEP = 0.03
"""By what part the prices of sums are changed at first, as long as they are known to be too high or too low only."""
LEAST_PART, MOST_PART = 0.1, 0.9
"""Where between the two sides the next prices are looked for."""
LEAST_GAIN = 1e-4
"""The part of a goal that is worth another round."""


class _Prices:
    """The prices of sums as a part of those given, between those at which a flow took too much and did not."""

    def __init__(self) -> None:
        self.part = 1.0
        self._known: dict[bool, tuple[float, float]] = {}
        self._step = STEP

    def take(self, over: float) -> None:
        """Choose the next part, after a flow that took so much more than there is; below 0 is less."""
        self._known[over > 0] = (self.part, over)
        if len(self._known) == 2:
            (low, much), (high, little) = self._known[True], self._known[False]
            between = much / max(1e-12, much - little)
            self.part = low + (high - low) * min(MOST_PART, max(LEAST_PART, between))
        else:
            self.part *= 1 + (self._step if over > 0 else -self._step)
            self._step *= 2

    def anew(self) -> None:
        """Forget what was found before; begin where a flow last kept to all sums."""
        self.part = self._known.get(False, (self.part, 0.0))[0]
        self._known, self._step = {}, STEP / 4


def polish(ledger: Ledger, arcs: Int64, own: Int64, charge: Int64, over: Callable[[], bool]) -> None:
    """Offer `ledger`, which has no plan yet, one and better ones.

    Parameters
    ----------
    arcs : those of the plan to begin with, 1 where it has them
    own : of each arc, what it costs in all goals, earlier ones weighing more
    charge : of each arc, about what sums charge it, in the same unit
    over : asked before each flow whether to end
    """
    rows = sorted_rows(ledger.program)
    if rows is None or not ledger.offer(_whole(ledger, rows, arcs)):
        return
    prices = _Prices()
    for _ in range(MOST_ROUNDS):
        last = ledger.values
        for free in (~rows.helper & ~rows.banned, rows.helper):
            if not _better(ledger, rows, free, own, charge, prices, over):
                return
        if not any(before - now > LEAST_GAIN * abs(before) for before, now in zip(last, ledger.values, strict=True)):
            return


def _better(ledger: Ledger, rows: SortedRows, free: Mask, own: Int64, charge: Int64, prices: _Prices,
            over: Callable[[], bool]) -> bool:
    """Offer plans that differ from the ledger's in arcs that are free; tell whether there is time for more."""
    assert ledger.x is not None
    n = ledger.program.n_arcs
    fixed = np.where(free, 0, ledger.x[:n])
    room = _helpers_left(rows, fixed) if free[rows.helper].any() else left_by(rows, fixed)
    prices.anew()
    for _ in range(TRIES if charge.any() else 1):
        if over():
            return False
        found = flow_within(room, own + np.rint(prices.part * charge).astype(np.int64), free)
        if found is None:
            return False
        arcs = fixed + found
        over_by = (rows.sums.matrix @ arcs - rows.sums.upper) / np.maximum(1, rows.sums.upper)
        prices.take(float(over_by.max(initial=-1.0)))
        give_back(rows, arcs, own)
        ledger.offer(_whole(ledger, rows, arcs))
    return True


def _whole(ledger: Ledger, rows: SortedRows, arcs: Int64) -> Int64:
    behind = np.minimum(rows.definition @ arcs, ledger.program.upper[ledger.program.n_arcs:])
    return np.concatenate([arcs, behind])


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
