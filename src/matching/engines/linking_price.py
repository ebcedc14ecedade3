"""What a unit of a row is worth that links the parts of a network, found by flows through each of them.

At that price the cheapest flows just keep to the row. It is where the Lagrangean dual of the row is highest, the sum of
a function for each part that is concave and of straight pieces in the price: each flow gives a piece of its part's, and
the next price is where the pieces so far add up highest (cutting planes, J. Kelley, 1960, a set for each part).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from matching.engines.flow import Cost, Edges, FlowFailedError, Network, Part, cheapest
from matching.engines.flow_parts import parts_of
from matching.engines.seeds import LARGEST_COST, Mask, Priced
from matching.problem.program import Int64

CLOSE = 0.01
"""Prices are near enough that differ by this part of them. A little too low is mended by the dual simplex soon; a
little too high takes ten times as long."""
LITTLE = 0.001
"""Flows are near enough that exceed the row by this part of it, whatever the price."""
MOST_PRICES = 12
OF_AVERAGE = 0.7
"""The last unit is worth less than all are on average; about so much, so that few flows are wasted."""


class _Piece(NamedTuple):
    """A flow through a part: what it costs without the price, and what the row adds up to."""

    cost: int
    amount: int

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
    parts = _parts(priced, among, row)
    pieces = [{_piece(part, priced.flow[among][part.columns])} for part in parts]
    total = sum(piece.amount for (piece,) in pieces)
    if total <= limit:
        return 0.0
    low, high = 0.0, np.inf
    price = max(1.0, OF_AVERAGE * abs(sum(piece.cost for (piece,) in pieces)) / total)
    for _ in range(MOST_PRICES):
        found = _flows(parts, price)
        if found is None:
            break
        amount = sum(piece.amount for piece in found)
        if limit < amount <= (1 + LITTLE) * limit:
            return price
        if high < np.inf and all(piece in known for piece, known in zip(found, pieces, strict=True)):
            return max(low, (1 - CLOSE / 2) * price)
        for piece, known in zip(found, pieces, strict=True):
            known.add(piece)
        low, high = (price, high) if amount > limit else (low, price)
        if high - low <= CLOSE * low:
            break
        price = 2 * low if high == np.inf else _highest(pieces, limit, low, high)
        if price <= low:
            break
    return low


def _highest(pieces: Sequence[set[_Piece]], limit: int, low: float, high: float) -> float:
    """Return the price at which the pieces add up highest, one between two others if there is any; else the lower."""
    def height(price: float) -> float:
        return sum(min(p.cost + price * p.amount for p in known) for known in pieces) - price * limit

    crossings = {one.meets(other) for known in pieces for one, other in combinations(sorted(known), 2)
                 if one.amount != other.amount}
    return max((price for price in sorted(crossings) if low < price < high), key=height, default=low)


def _parts(priced: Priced, among: Mask, row: Int64) -> Sequence[Part]:
    """Return the network of some columns in parts; the second cost of each is what the row counts."""
    edges, n = priced.edges, len(among)
    kept = np.r_[among, np.ones(len(edges.tail) - n, np.bool_)]
    rest = np.zeros(len(edges.tail) - n, np.int64)
    costs = tuple(Cost(np.r_[cost, rest][kept]) for cost in (priced.cost, row))
    few = Edges(edges.tail[kept], edges.head[kept], edges.lower[kept], edges.upper[kept])
    return parts_of(Network(priced.n_nodes, few, costs, np.ones(int(among.sum()), np.int8)))


def _piece(part: Part, flow: Int64) -> _Piece:
    """Return the piece that a flow of the part's columns gives; its other edges cost nothing and are not counted."""
    cost, counted = (c.exact[:len(flow)] for c in part.network.costs)
    return _Piece(int(cost @ flow), int(counted @ flow))


def _flows(parts: Sequence[Part], price: float) -> list[_Piece] | None:
    """Return each part's cheapest flow at a price; None where one has none, or it is beyond the solver."""
    found = []
    for part in parts:
        network = part.network
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
        found.append(_piece(part, flow[:len(part.columns)]))
    return found
