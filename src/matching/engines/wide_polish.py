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
TRIES = 7
LEAST, MOST = 0.75, 1.3
"""Of the prices of sums, between which the right ones are looked for."""


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
    for _ in range(MOST_ROUNDS):
        last = ledger.values
        for free in (~rows.helper & ~rows.banned, rows.helper):
            if not _better(ledger, rows, free, own, charge, over):
                return
        if ledger.values == last:
            return


def _better(ledger: Ledger, rows: SortedRows, free: Mask, own: Int64, charge: Int64, over: Callable[[], bool]) -> bool:
    """Offer plans that differ from the ledger's in arcs that are free; tell whether there is time for more."""
    assert ledger.x is not None
    n = ledger.program.n_arcs
    fixed = np.where(free, 0, ledger.x[:n])
    room = _helpers_left(rows, fixed) if free[rows.helper].any() else left_by(rows, fixed)
    low, high = LEAST, MOST
    for _ in range(TRIES if charge.any() else 1):
        if over():
            return False
        part = (low + high) / 2
        found = flow_within(room, own + np.rint(part * charge).astype(np.int64), free)
        if found is None:
            return False
        arcs = fixed + found
        kept = bool((rows.sums.matrix @ arcs <= rows.sums.upper).all())
        low, high = (low, part) if kept else (part, high)
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
