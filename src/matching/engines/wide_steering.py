"""Finding the prices of rows that are no part of the network: up where a flow breaks a row, down where it leaves room.

Each row is steered by itself, between the last price at which it was broken and the last at which it was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64

NEAR = 1e-3
"""A row is kept to where it is broken by no more than this part of its bound."""
NUDGE = 0.02
"""The first price of a share, as a part of what an average pair costs."""
MOST_ROWS = 256
"""Rows of larger blocks are not steered: they are many and small, and cost a bound little."""


STEP = 2.0
"""Where only one side is known, a price moves by this many times the part of the row that is too much or too little."""
GOAL_STEP = 0.02
"""A goal before is held far more closely than a row: this part of it counts as all of it."""
SMALLEST_STEP, LARGEST_STEP = 0.02, 0.5


class _Tried(NamedTuple):
    price: int
    broken: int


@dataclass
class _Between:
    """The last price at which a row was broken, and the last at which it was not."""

    low: _Tried | None = None
    high: _Tried | None = None

    def take(self, tried: _Tried) -> None:
        """Note what came of a price; what contradicts it was found over fewer pairs and is forgotten."""
        if tried.broken > 0:
            self.low = tried
            if self.high is not None and self.high.price <= tried.price:
                self.high = None
        else:
            self.high = tried
            if self.low is not None and self.low.price >= tried.price:
                self.low = None

    def next(self, size: float, first: int) -> int:
        """Return the price to try next; `size` is how much the row adds up to, `first` the first price."""
        if self.low is not None and self.high is not None:
            part = self.low.broken / (self.low.broken - self.high.broken)
            return self.low.price + round((self.high.price - self.low.price) * min(0.9, max(0.1, part)))
        tried = self.low or self.high
        assert tried is not None
        if tried.price == 0:
            return first if tried.broken > 0 else 0
        step = min(LARGEST_STEP, max(SMALLEST_STEP, STEP * abs(tried.broken) / size))
        return max(0, tried.price + int(np.copysign(max(1.0, step * tried.price), tried.broken)))


@dataclass
class Steering:
    """What is known of the prices of some rows, by block and row."""

    priced: Priced
    limits: Sequence[int] = ()
    known: dict[tuple[int, int], _Between] = field(default_factory=dict)

    def next(self, prices: Prices, carried: Int64) -> Prices:
        """Return the prices to try after a flow over the pairs `carried` at `prices`."""
        if self.limits:
            return self._goals(prices, carried)
        rows = [row.copy() for row in prices.rows]
        for k, block in enumerate(self.priced.blocks):
            if block.matrix.shape[0] <= MOST_ROWS:
                self._steer(k, rows[k], prices, carried)
        return prices._replace(rows=tuple(rows))

    def _goals(self, prices: Prices, carried: Int64) -> Prices:
        """Return other prices of goals before, and of rows in the same proportion.

        Both rise or fall with what the goal at work counts for; by themselves they would work against each other.
        """
        goals = []
        for k, (price, limit) in enumerate(zip(prices.goals, self.limits, strict=True)):
            total = int(self.priced.wide.costs[k][carried].sum(dtype=np.int64))
            known = self.known.setdefault((-1, k), _Between())
            known.take(_Tried(price, total - limit))
            goals.append(known.next(max(1.0, GOAL_STEP * abs(total)), 1))
        factor = goals[-1] / max(1, prices.goals[-1])
        rows = tuple(np.rint(row * factor).astype(np.int64) for row in prices.rows)
        return prices._replace(goals=tuple(goals), rows=rows)

    def _steer(self, k: int, row_prices: Int64, prices: Prices, carried: Int64) -> None:
        """Move the prices of one block's rows."""
        block, arcs = self.priced.blocks[k], self.priced.wide.arcs
        use = block.rows(arcs.teacher[carried], arcs.need[carried])
        total = np.asarray(use.sum(axis=1), np.int64).reshape(-1)
        size = np.maximum(1, np.asarray(abs(use).sum(axis=1), np.float64).reshape(-1))
        for side, broken in ((1, total - block.upper), (-1, block.lower - total)):
            for row in np.flatnonzero((broken > NEAR * size) | (side * row_prices > 0)).tolist():
                known = self.known.setdefault((k, row), _Between())
                known.take(_Tried(side * int(prices.rows[k][row]), int(broken[row])))
                share = bool((block.matrix[[row]].data < 0).any())
                first = self._first(prices, carried, None if share else use[[row]], int(broken[row]))
                row_prices[row] = side * known.next(float(size[row]), first)

    def _first(self, prices: Prices, carried: Int64, use: sparse.csr_array | None, broken: int) -> int:
        """Return the price at which as much of a sum as is too much would not be worth it; of a share, a small one."""
        worth = -self.priced.costs(prices, carried)
        if use is None or not use.nnz:
            return max(1, int(NUDGE * float(np.abs(worth).mean()))) if len(worth) else 1
        ratio = worth[use.indices] / use.data
        order = np.argsort(ratio, kind="stable")
        enough = int(np.searchsorted(np.cumsum(use.data[order]), broken))
        return max(1, int(ratio[order[min(enough, len(order) - 1)]]))
