"""What a row that a flow breaks may be worth: where to begin with its price."""

from __future__ import annotations

import numpy as np

from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64

NUDGE = 0.02
"""The first price of a share, as a part of what an average pair costs."""


def first_price(priced: Priced, prices: Prices, carried: Int64, block: int, row: int, broken: int) -> int:
    """Return the price at which as much of a sum as is too much would not be worth it; of a share, a small one."""
    worth = -priced.costs(prices, carried)
    if not len(worth):
        return 1
    small = max(1, int(NUDGE * float(np.abs(worth).mean())))
    if (priced.blocks[block].matrix[[row]].data < 0).any():
        return small
    arcs = priced.wide.arcs
    use = priced.blocks[block].rows(arcs.teacher[carried], arcs.need[carried])[[row]]
    if not use.nnz:
        return small
    ratio = worth[use.indices] / np.abs(use.data)
    order = np.argsort(ratio, kind="stable")
    enough = int(np.searchsorted(np.cumsum(np.abs(use.data)[order]), broken))
    return max(1, int(ratio[order[min(enough, len(order) - 1)]]))
