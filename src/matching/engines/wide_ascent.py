"""Raising a bound by its prices: each flow says how the bound changes with them, and all together where it is highest.

Whatever plan a flow finds bounds the bound from above, at any prices: at most what it costs then. The prices that are
the best under all flows so far are tried next, within a box around the best ones (cutting planes, J. E. Kelley, 1960,
with a region of trust).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.wide_prices import Priced, Prices
from matching.engines.wide_steering import first_price
from matching.problem.program import INFINITE, Int64

MOST_ROWS = 256
"""Rows of larger blocks are not priced: they are many and small, and cost a bound little."""
GOAL_WIDTH, ROW_WIDTH = 0.15, 0.3
"""How far a price may be from the best so far at first, as a part of it."""
WIDER, NARROWER, AS_HOPED, WIDEST = 1.8, 0.4, 0.3, 8.0

Floats = npt.NDArray[np.float64]


class _Row(NamedTuple):
    """A side of a row of a block: bounded above (1) or below (-1)."""

    block: int
    row: int
    side: int
    bound: int


class Totals(NamedTuple):
    """What a flow comes to: in each goal, and by how much it breaks each row, below 0 where there is room."""

    goals: tuple[int, ...]
    rows: Floats


class Ascent:
    """The prices tried so far, of goals before and of rows, and what came of them.

    Parameters
    ----------
    seen : of all flows of the problem so far, whatever they were looked for; those to come are added
    limits : of each goal before, what plans may cost in it at most
    steer_goals : whether the prices of these are looked for, too; else they stay
    close : the part of the bound that is not worth a flow
    """

    def __init__(self, priced: Priced, seen: list[Totals], limits: Sequence[int], steer_goals: bool,
                 close: float) -> None:
        self._priced = priced
        self._close = close
        self._seen = seen
        self._limits = tuple(limits) if steer_goals else ()
        self._held = () if steer_goals else tuple(limits)
        self._rows = tuple(_sides(priced))
        n = len(self._limits) + len(self._rows)
        self._width = np.zeros(n)
        self._best: tuple[float, Floats] | None = None
        self._hoped = np.inf
        self._trust = 1.0

    def next(self, prices: Prices, carried: Int64) -> Prices:
        """Return the prices to try after a flow over the pairs `carried` at `prices`."""
        self._seen.append(self._totals(carried))
        at, (value, slope) = self._at(prices), self._plane(prices, self._seen[-1])
        self._widen(prices, carried, at, slope)
        self._trusted(value + float(at @ slope), at)
        highest = self._highest(prices)
        if self._trust < 1 and not self._worth_a_flow:
            self._trust = 1.0
            highest = self._highest(prices)
        return self._prices(prices, highest)

    @property
    def done(self) -> bool:
        """Whether, by all that is known, no prices near the best ones raise the bound by much."""
        return self._best is not None and not self._worth_a_flow

    @property
    def _worth_a_flow(self) -> bool:
        assert self._best is not None
        return self._hoped - self._best[0] > self._close * abs(self._best[0])

    def _at(self, prices: Prices) -> Floats:
        rows = [max(0, side * int(prices.rows[block][row])) for block, row, side, _ in self._rows]
        return np.array([*prices.goals[:len(self._limits)], *rows], np.float64)

    def _totals(self, carried: Int64) -> Totals:
        wide = self._priced.wide
        teacher, need = wide.arcs.teacher[carried], wide.arcs.need[carried]
        ends = {block: np.asarray(self._priced.blocks[block].rows(teacher, need).sum(axis=1)).reshape(-1)
                for block in {row.block for row in self._rows}}
        broken = [float(side * (int(ends[block][row]) - bound)) for block, row, side, bound in self._rows]
        return Totals(tuple(int(cost[carried].sum(dtype=np.int64)) for cost in wide.costs), np.array(broken))

    def _plane(self, prices: Prices, totals: Totals) -> tuple[float, Floats]:
        """Return what a flow costs without any price that is looked for, and how much more with each.

        What rows of large blocks are charged is left out.
        """
        paid = totals.goals[prices.goal] * prices.scale
        paid += sum(price * (cost - limit)
                    for price, cost, limit in zip(prices.goals, totals.goals, self._held, strict=False))
        over = [float(cost - limit) for cost, limit in zip(totals.goals, self._limits, strict=False)]
        return float(paid), np.concatenate([over, totals.rows])

    def _widen(self, prices: Prices, carried: Int64, at: Floats, slope: Floats) -> None:
        """Have a box for each price that matters: of what was ever paid for, or broken."""
        for k in np.flatnonzero((self._width == 0) & (at == 0) & (slope > 0)).tolist():
            row = self._rows[k - len(self._limits)]
            self._width[k] = first_price(self._priced, prices, carried, row.block, row.row, int(slope[k]))
        part = np.where(np.arange(len(at)) < len(self._limits), GOAL_WIDTH, ROW_WIDTH)
        self._width = np.where(at > 0, np.maximum(1.0, part * at), self._width)

    def _trusted(self, value: float, at: Floats) -> None:
        if self._best is None:
            self._best = (value, at)
            return
        hoped, gained = self._hoped - self._best[0], value - self._best[0]
        if gained >= AS_HOPED * hoped:
            self._trust = min(WIDEST, self._trust * WIDER)
        elif gained <= 0:
            self._trust *= NARROWER
        if gained > 0:
            self._best = (value, at)

    def _highest(self, prices: Prices) -> Floats:
        """Return the prices in the box at which the least of all planes is highest."""
        from scipy.optimize import linprog

        assert self._best is not None
        own = np.flatnonzero(self._width)
        best = self._best[1]
        if not len(own):
            self._hoped = self._best[0]
            return best
        reach = self._trust * self._width[own]
        box = [(max(0.0, p - r), p + r) for p, r in zip(best[own], reach, strict=True)]
        values, slopes = zip(*(self._plane(prices, totals) for totals in self._seen), strict=True)
        planes = np.array([np.append(-slope[own], 1.0) for slope in slopes])
        found = linprog(np.append(np.zeros(len(own)), -1.0), A_ub=planes, b_ub=np.array(values),
                        bounds=[*box, (None, None)], method="highs")
        if found.x is None:
            return best
        self._hoped = float(found.x[-1])
        highest = np.zeros(len(best))
        highest[own] = found.x[:-1]
        return highest

    def _prices(self, prices: Prices, at: Floats) -> Prices:
        whole = np.rint(at).astype(np.int64)
        n = len(self._limits)
        rows = [row.copy() for row in prices.rows]
        for block in {row.block for row in self._rows}:
            rows[block][:] = 0
        for (block, row, side, _), price in zip(self._rows, whole[n:].tolist(), strict=True):
            rows[block][row] += side * price
        return prices._replace(goals=(*whole[:n].tolist(), *prices.goals[n:]), rows=tuple(rows))


def _sides(priced: Priced) -> list[_Row]:
    found = []
    for k, block in enumerate(priced.blocks):
        if block.matrix.shape[0] <= MOST_ROWS:
            for row, (low, high) in enumerate(zip(block.lower.tolist(), block.upper.tolist(), strict=True)):
                found += [_Row(k, row, 1, high)] if high < INFINITE else []
                found += [_Row(k, row, -1, low)] if low > -INFINITE else []
    return found
