"""What a unit of a row is worth that links the parts of a network, found by flows through each of them.

At that price the cheapest flows just keep to the row. It is where the Lagrangean dual of the row is highest, which is
concave and of straight pieces in the price: each flow gives a piece, and the next price is where two of them meet
(cutting planes, J. Kelley, 1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matching.engines.flow import Cost, Edges, FlowFailedError, Network, Part, cheapest
from matching.engines.flow_parts import parts_of
from matching.engines.seeds import LARGEST_COST, Mask, Priced
from matching.problem.program import Int64

CLOSE = 0.01
"""Prices are near enough that differ by this part of them. A little too low is mended by the dual simplex soon; a
little too high takes ten times as long."""
MOST_FLOWS = 12
OF_AVERAGE = 0.7
"""The last unit is worth less than all are on average; about so much, so that few flows are wasted."""


class _Piece(NamedTuple):
    """A flow at a price: what it costs without that, and what the row adds up to."""

    price: float
    cost: int
    amount: int

    def is_on(self, other: _Piece) -> bool:
        """Tell whether a flow at another price gave the same piece."""
        return (self.cost, self.amount) == (other.cost, other.amount)

    def meets(self, other: _Piece) -> float:
        """Return the price at which both cost the same."""
        return (other.cost - self.cost) / (self.amount - other.amount)


def linking_price(priced: Priced, among: Mask, row: Int64, limit: int) -> float:
    """Return a price at which flows add up to more than `limit` in a row, near one at which they do not; 0 for none.

    Parameters
    ----------
    among : bool, shape (n_columns of the program,); the columns that flows may use
    row : int64, shape (n_columns of the program,), none negative; what the row counts of each
    """
    low = _Piece(0.0, int(priced.cost @ priced.flow), int(row @ priced.flow))
    if low.amount <= limit:
        return 0.0
    parts, high, price = _parts(priced, among, row), None, max(1.0, OF_AVERAGE * abs(low.cost) / low.amount)
    for _ in range(MOST_FLOWS):
        found = _flow(parts, price)
        if found is None:
            break
        if high is not None and (found.is_on(low) or found.is_on(high)):
            return (1 - CLOSE / 2) * price
        low, high = (found, high) if found.amount > limit else (low, found)
        if high is not None and high.price - low.price <= CLOSE * high.price:
            break
        price = 2 * low.price if high is None else low.meets(high)
    return low.price


def _parts(priced: Priced, among: Mask, row: Int64) -> Sequence[Part]:
    """Return the network of some columns in parts; the second cost of each is what the row counts."""
    edges, n = priced.edges, len(among)
    kept = np.r_[among, np.ones(len(edges.tail) - n, np.bool_)]
    rest = np.zeros(len(edges.tail) - n, np.int64)
    costs = tuple(Cost(np.r_[cost, rest][kept]) for cost in (priced.cost, row))
    few = Edges(edges.tail[kept], edges.head[kept], edges.lower[kept], edges.upper[kept])
    return parts_of(Network(priced.n_nodes, few, costs, np.ones(int(among.sum()), np.int8)))


def _flow(parts: Sequence[Part], price: float) -> _Piece | None:
    """Return the cheapest flow at a price; None where there is none among the columns, or it is beyond the solver."""
    total, added = 0, 0
    for _, network in parts:
        cost, counted = (c.exact for c in network.costs)
        charged = np.rint(cost + price * counted).astype(np.int64)
        if np.abs(charged).max(initial=0) > LARGEST_COST:
            return None
        try:
            flow = cheapest(network.n_nodes, network.edges, charged)
        except FlowFailedError:
            return None
        if flow is None:
            return None
        total, added = total + int(cost @ flow), added + int(counted @ flow)
    return _Piece(price, total, added)
