"""The cheapest flow over some of a wide problem's pairs, with potentials."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engines.flow import Edges, FlowFailedError, cheapest, potentials
from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64

TIES, FEW = 1024, 32
"""Costs are set apart by a little at random, in parts of one: among many equal flows the solver takes twice as long.
The flow is taken where it is the cheapest without that, which is nearly always."""
PATIENCE = 30.0
"""How often each edge is looked at, at most, to find that out."""


class Flow(NamedTuple):
    """The pairs that carry flow, and the prices with which it is the cheapest over the pairs that it had."""

    carried: Int64
    prices: Prices


def flow_over(priced: Priced, prices: Prices, arcs: Int64) -> Flow | None:
    """Return the cheapest flow over `arcs` under the prices of rows; those of nodes are found anew.

    A floor that cannot be met over `arcs` is met as far as it can be: what fills it is worth more than all else. None
    where the solver gives up, which it does on numbers beyond its range.
    """
    network, wide = priced.network, priced.wide
    cost = priced.costs(prices, arcs)
    floors = np.flatnonzero(network.lower)
    worth = 4 * int(np.abs(cost).max(initial=1))
    own = np.zeros(len(network.tail), np.int64)
    tail = np.concatenate([network.teacher[wide.arcs.teacher[arcs]], network.tail, network.tail[floors]])
    head = np.concatenate([network.need[wide.arcs.need[arcs]], network.head, network.head[floors]])
    room = network.upper - network.lower
    upper = np.concatenate([np.ones(len(arcs), np.int64), room, network.lower[floors]])
    costs = np.concatenate([cost, own, np.full(len(floors), -worth)])
    edges = Edges(tail.astype(np.int32), head.astype(np.int32), np.zeros(len(upper), np.int64), upper)
    apart = costs * TIES
    apart[:len(arcs)] += np.random.default_rng(len(arcs)).integers(0, TIES // FEW, len(arcs))
    try:
        flow = cheapest(network.n_nodes, edges, apart)
        potential = None if flow is None else potentials(network.n_nodes, edges, costs, flow, PATIENCE)
        if potential is None:
            flow = cheapest(network.n_nodes, edges, costs)
            potential = None if flow is None else potentials(network.n_nodes, edges, costs, flow)
    except FlowFailedError:
        return None
    if flow is None or potential is None:
        return None
    return Flow(arcs[flow[:len(arcs)] > 0], prices._replace(potential=potential))
