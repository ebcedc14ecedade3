"""Circulations that have nothing but node 0 in common, told apart: each is solved by itself.

What leaves node 0 into one of them comes back from it, since all that enters any other node leaves it. The solver's
time grows faster than its network: provinces between which nobody may go are solved in half the time of the whole.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.engines.flow import Cost, Edges, Network, Part
from matching.problem.program import Int64

LEAST = 5_000
"""Edges that a part has at least, since a call of the solver takes its time too: smaller ones stay together."""


def parts_of(network: Network) -> list[Part]:
    """Return the network in parts, in an order that only it decides."""
    edges, n_columns = network.edges, len(network.sign)
    part = _part_of_node(network)
    part_of = part[np.maximum(edges.tail, edges.head)]  # where node 0 is an end, the other end tells
    n_parts = int(part_of.max(initial=0)) + 1
    if n_parts == 1:
        return [Part(np.arange(n_columns), network)]
    own = _members(part_of, n_parts)
    number = np.zeros(network.n_nodes, np.int32)
    found = []
    for mine, nodes in zip(own, _members(part[1:], n_parts), strict=True):
        number[nodes + 1] = np.arange(1, len(nodes) + 1, dtype=np.int32)
        columns = mine[:np.searchsorted(mine, n_columns)]
        within = Edges(number[edges.tail[mine]], number[edges.head[mine]], edges.lower[mine], edges.upper[mine])
        costs = tuple(Cost(c.exact[mine], None if c.light is None else c.light[mine]) for c in network.costs)
        found.append(Part(columns, Network(len(nodes) + 1, within, costs, network.sign[columns])))
    return found


def _part_of_node(network: Network) -> Int64:
    """Return the part of each node, from 0 without gaps; node 0, which is in all of them, is counted to the first."""
    edges = network.edges
    inside = np.flatnonzero((edges.tail > 0) & (edges.head > 0))
    ends = edges.tail[inside], edges.head[inside]
    joined = sparse.coo_array((np.ones(len(inside), np.int8), ends), shape=(network.n_nodes,) * 2)
    component = connected_components(joined, directed=False)[1]
    component[0] = component[1] if network.n_nodes > 1 else 0
    size = np.bincount(component[np.maximum(edges.tail, edges.head)], minlength=int(component.max()) + 1)
    before = np.cumsum(size) - size
    return np.asarray(np.unique((before // LEAST)[component], return_inverse=True)[1], np.int64).reshape(-1)


def _members(part_of: Int64, n_parts: int) -> list[Int64]:
    narrow = part_of.astype(np.uint16) if n_parts <= 2**16 else part_of  # numpy sorts these by radix
    order = np.argsort(narrow, kind="stable")
    return np.split(order, np.cumsum(np.bincount(part_of, minlength=n_parts))[:-1])
