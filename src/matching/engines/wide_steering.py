"""Finding the prices of rows that are no part of the network: up where a flow breaks a row, down where it leaves room.

Each row is steered by itself, between the last price at which it was broken and the last at which it was not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64

NEAR = 1e-3
"""A row is kept to where it is broken by no more than this part of its bound."""
NUDGE = 0.02
"""The first price of a share, as a part of what an average pair costs."""
MOST_ROWS = 256
"""Rows of larger blocks are not steered: they are many and small, and cost a bound little."""


@dataclass
class _Between:
    low: int = 0
    high: int | None = None


@dataclass
class Steering:
    """What is known of the prices of some rows, by block and row."""

    priced: Priced
    known: dict[tuple[int, int], _Between] = field(default_factory=dict)

    def next(self, prices: Prices, carried: Int64) -> tuple[Int64, ...]:
        """Return the prices of rows to try after a flow over the pairs `carried` at `prices`."""
        rows = [row.copy() for row in prices.rows]
        arcs = self.priced.wide.arcs
        for k, block in enumerate(self.priced.blocks):
            if block.matrix.shape[0] > MOST_ROWS:
                continue
            use = block.rows(arcs.teacher[carried], arcs.need[carried])
            total = np.asarray(use.sum(axis=1), np.int64).reshape(-1)
            over, under = total - block.upper, block.lower - total
            size = np.maximum(1, np.asarray(abs(use).sum(axis=1), np.float64).reshape(-1))
            for side, broken in ((1, over), (-1, under)):
                mine = (broken > NEAR * size) | (side * rows[k] > 0)
                for row in np.flatnonzero(mine).tolist():
                    first = self._first(prices, carried, side * use[[row]].toarray().reshape(-1), int(broken[row]))
                    found = self._between(k, row, side * int(prices.rows[k][row]), bool(broken[row] > 0), first)
                    rows[k][row] = side * found
        return tuple(rows)

    def _between(self, block: int, row: int, price: int, broken: bool, first: int) -> int:
        known = self.known.setdefault((block, row), _Between())
        if broken:
            known.low = price
            if known.high is not None and known.high <= price:
                known.high = None
        else:
            known.high = price
            known.low = min(known.low, price - 1)
        if known.high is None:
            return max(first, price + 1) if price == 0 else price + max(1, price // 4)
        return max(0, (known.low + known.high) // 2)

    def _first(self, prices: Prices, carried: Int64, use: Int64, broken: int) -> int:
        """Return the price at which as much of the row as is too much would not be worth it."""
        worth = -self.priced.costs(prices, carried)
        uses = np.flatnonzero(use > 0)
        if (use < 0).any() or not len(uses):
            return max(1, int(NUDGE * float(np.abs(worth).mean()))) if len(worth) else 1
        ratio = worth[uses] / use[uses]
        order = np.argsort(ratio, kind="stable")
        enough = int(np.searchsorted(np.cumsum(use[uses][order]), broken))
        return max(0, int(ratio[order[min(enough, len(order) - 1)]]))
