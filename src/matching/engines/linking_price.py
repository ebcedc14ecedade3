"""What a unit of a row is worth that links the parts of a network, found by flows through each of them.

At that price the cheapest flows just keep to the row. It is where the Lagrangean dual of the row is highest, which is
concave and of straight pieces in the price: each flow gives a piece, and the next price is where two of them meet
(cutting planes, J. Kelley, 1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matching.engines.flow import Cost, Edges, FlowFailedError, Network, Part, Whole, cheapest, potentials
from matching.engines.flow_parts import nodes_of, parts_of
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
    parts, high, price = parts_of(_network(priced, among, row)), None, max(1.0, OF_AVERAGE * abs(low.cost) / low.amount)
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


def saving_at(priced: Priced, among: Mask, row: Int64, price: float) -> Int64:
    """Return which columns beyond `among` would save something in the cheapest flow at a price of the row.

    Those are few. None where there is no such flow.
    """
    network, charged = _network(priced, among, row), _charged(priced.cost, row, price)
    potential = np.zeros(priced.n_nodes, np.int64)
    for (_, part), nodes in zip(parts_of(network), nodes_of(network), strict=True):
        found = _priced_nodes(part, price)
        if found is None:
            return np.zeros(0, np.int64)
        potential[nodes] = found[1:] - found[0]
    n = len(among)
    reduced = charged + potential[priced.edges.tail[:n]] - potential[priced.edges.head[:n]]
    return np.flatnonzero((reduced < 0) & ~among)


def _priced_nodes(network: Network, price: float) -> Int64 | None:
    """Return the potentials of the cheapest flow at a price; None where there is none."""
    cost, counted = (c.exact for c in network.costs)
    charged = _charged(cost, counted, price)
    flow = _cheapest(network, charged)
    return None if flow is None else potentials(network.n_nodes, network.edges, charged, flow)


def _network(priced: Priced, among: Mask, row: Int64) -> Network:
    """Return the network of some columns; its second cost is what the row counts."""
    edges, n = priced.edges, len(among)
    kept = np.r_[among, np.ones(len(edges.tail) - n, np.bool_)]
    rest = np.zeros(len(edges.tail) - n, np.int64)
    costs = tuple(Cost(np.r_[cost, rest][kept]) for cost in (priced.cost, row))
    few = Edges(edges.tail[kept], edges.head[kept], edges.lower[kept], edges.upper[kept])
    return Network(priced.n_nodes, few, costs, np.ones(int(among.sum()), np.int8))


def _flow(parts: Sequence[Part], price: float) -> _Piece | None:
    """Return the cheapest flow at a price; None where there is none among the columns, or it is beyond the solver."""
    total, added = 0, 0
    for _, network in parts:
        cost, counted = (c.exact for c in network.costs)
        flow = _cheapest(network, _charged(cost, counted, price))
        if flow is None:
            return None
        total, added = total + int(cost @ flow), added + int(counted @ flow)
    return _Piece(price, total, added)


def _charged(cost: Whole, counted: Whole, price: float) -> Int64:
    return np.rint(cost + price * counted).astype(np.int64)


def _cheapest(network: Network, cost: Int64) -> Int64 | None:
    """Return the cheapest flow; None where there is none, or it is beyond the solver."""
    if np.abs(cost).max(initial=0) > LARGEST_COST:
        return None
    try:
        return cheapest(network.n_nodes, network.edges, cost)
    except FlowFailedError:
        return None
