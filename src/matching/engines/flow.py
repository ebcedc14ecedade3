"""The cheapest circulation of a network, by OR-Tools' min-cost flow; several costs in order.

Loads nothing but numpy and the solver: a process that only does this starts in the time that these two take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

PATIENCE = 30
"""How often edges are looked at on average before it is given up to prove a flow cheapest; some ten times suffice."""

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Whole = Int32 | Int64


class FlowFailedError(Exception):
    """The solver neither found a circulation nor proved that there is none."""


class Edges(NamedTuple):
    """Directed edges, parallel arrays: nodes `tail` and `head`, least and largest flow."""

    tail: Int32
    head: Int32
    lower: Whole
    upper: Whole


class Cost(NamedTuple):
    """What is minimised, one number an edge.

    The solver's time grows with the logarithm of the largest cost. `light` is a guess that mostly has the same optimum;
    whether it has is proven, and `exact` decides where it has not. None where the exact costs are light themselves.
    """

    exact: Whole
    light: Whole | None = None


@dataclass(frozen=True)
class Network:
    """A circulation: what enters a node leaves it.

    Attributes
    ----------
    costs : the first is minimised, then each among the optima of those before it
    sign : int8, shape (n_columns,); the first edges are a program's columns, times 1 or -1
    """

    n_nodes: int
    edges: Edges
    costs: tuple[Cost, ...]
    sign: npt.NDArray[np.int8]


class Part(NamedTuple):
    """A network that is a part of another, and which of that one's columns are its own."""

    columns: Int64
    network: Network


def solve_parts(parts: Sequence[Part]) -> Int64 | None:
    """Return the columns of the cheapest circulation of a network in parts, None where there is none.

    Raises
    ------
    FlowFailedError
        Where the solver gives up on a part.
    """
    x = np.zeros(sum(len(part.columns) for part in parts), np.int64)
    for part in parts:
        found = solve(part.network)
        if found is None:
            return None
        x[part.columns] = found
    return x


def solve(network: Network) -> Int64 | None:
    """Return the columns of the cheapest circulation, None where there is none.

    Raises
    ------
    FlowFailedError
        Where the solver gives up, which it does on numbers beyond its range.
    """
    edges, (*costs, last) = network.edges, network.costs
    for cost in costs:
        flow = _optimum(network.n_nodes, edges, cost)
        if flow is None:
            return None
        edges = _optimal_only(network.n_nodes, edges, cost.exact, flow)
    flow = _optimum(network.n_nodes, edges, last)
    return None if flow is None else network.sign * flow[:len(network.sign)]


def _optimum(n_nodes: int, edges: Edges, cost: Cost) -> Int64 | None:
    if cost.light is not None:
        flow = cheapest(n_nodes, edges, cost.light)
        if flow is None or potentials(n_nodes, edges, cost.exact, flow, PATIENCE) is not None:
            return flow
    return cheapest(n_nodes, edges, cost.exact)


def cheapest(n_nodes: int, edges: Edges, cost: Whole) -> Int64 | None:
    """Return the flow on each edge; a lower bound L is L units that the tail lacks and the head has beforehand."""
    from ortools.graph.python import min_cost_flow

    if np.any(edges.lower > edges.upper):
        return None
    solver: Any = min_cost_flow.SimpleMinCostFlow()
    added = solver.add_arcs_with_capacity_and_unit_cost(edges.tail, edges.head, edges.upper - edges.lower, cost)
    needed = np.flatnonzero(edges.lower)
    supplies = np.zeros(n_nodes, np.int64)
    np.add.at(supplies, edges.head[needed], edges.lower[needed])
    np.subtract.at(supplies, edges.tail[needed], edges.lower[needed])
    supplied = np.flatnonzero(supplies)
    solver.set_nodes_supplies(supplied.astype(np.int32), supplies[supplied])
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise FlowFailedError(str(status))
    return np.asarray(solver.flows(added), np.int64) + edges.lower


def _optimal_only(n_nodes: int, edges: Edges, cost: Whole, flow: Int64) -> Edges:
    """Return the edges with bounds that just the circulations as cheap as `flow` meet.

    Under the potentials of an optimum these are the ones that differ from it on edges without reduced cost only.
    """
    potential = potentials(n_nodes, edges, cost, flow)
    assert potential is not None
    free = cost + potential[edges.tail] == potential[edges.head]
    return edges._replace(lower=np.where(free, edges.lower, flow), upper=np.where(free, edges.upper, flow))


def potentials(n_nodes: int, edges: Edges, cost: Whole, flow: Int64, patience: float = np.inf) -> Int64 | None:
    """Return the nodes' distances over the edges on which `flow` may change, which prove that it is cheapest.

    Where it is not, some circle of such edges is shorter than nothing, and distances fall for ever: None after every
    edge was looked at `patience` times on average. (R. Bellman, "On a routing problem", 1958; in each round only edges
    from nodes that came nearer.)
    """
    more, less = flow < edges.upper, flow > edges.lower
    start = np.concatenate([edges.tail[more], edges.head[less]])
    narrow = start.astype(np.uint16) if n_nodes <= 2**16 else start  # numpy sorts these by radix
    order = np.argsort(narrow, kind="stable")
    end = np.concatenate([edges.head[more], edges.tail[less]])[order]
    length = np.concatenate([cost[more], -cost[less]]).astype(np.int64)[order]
    leaving = np.bincount(start, minlength=n_nodes)
    first = np.cumsum(leaving) - leaving
    distance = np.zeros(n_nodes, np.int64)
    np.minimum.at(distance, end, length)
    nearer, left = np.flatnonzero(distance), patience * max(1, len(end))
    while len(nearer) and left >= 0:
        each = leaving[nearer]
        at = np.arange(each.sum()) + np.repeat(first[nearer] - (np.cumsum(each) - each), each)
        before = distance.copy()
        np.minimum.at(distance, end[at], np.repeat(distance[nearer], each) + length[at])
        nearer, left = np.flatnonzero(distance < before), left - len(at)
    return distance if not len(nearer) else None
