"""The arcs that a relaxation begins with: those that a plain network uses, and the cheapest at every end.

Most of the arcs that the relaxation uses in the end are among them; the others are priced in.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.capacity import seats_of
from matching.engines.system import System
from matching.problem.program import Int64

Mask = npt.NDArray[np.bool_]
MANY_ARCS = 20_000
"""From so many on it is worth while to begin with some."""
CHEAPEST = 8
LARGEST_COST = 2**40
"""Beyond it the flow solver's own scaling of costs by the number of nodes may overflow."""


class Ends(NamedTuple):
    """For each arc the count columns that it stands in, one on either side."""

    left: Int64
    right: Int64


def seeds(system: System, n_arcs: int, cost: Int64, fine: Int64) -> Mask:
    """Return which columns to begin with: all where arcs are few, else without arcs that cost too much to be likely.

    Parameters
    ----------
    cost : int64, shape (n_columns,); what the network minimises
    fine : int64, shape (n_columns,); by what the cheapest at every end are chosen
    """
    chosen = np.ones(system.n_columns, np.bool_)
    ends = ends_of(system, n_arcs) if n_arcs >= MANY_ARCS else None
    if ends is None:
        return chosen
    chosen[:n_arcs] = False
    for end in ends:
        chosen[_cheapest(end, fine[:n_arcs])] = True
    chosen[_used_by_network(system, ends, cost)] = True
    return chosen


def ends_of(system: System, n_arcs: int) -> Ends | None:
    """Return the arcs' ends, None where nothing is counted.

    A counting row is ``sum of arcs - count = 0``; the counts of one side come before those of the other, and those
    after both are left out. An arc that is not counted on a side has end -1 there.
    """
    rows = np.flatnonzero(system.families < 0)
    if not len(rows):
        return None
    counting = system.matrix[rows].tocoo()
    count = np.zeros(len(rows), np.int64)
    is_count = counting.col >= n_arcs
    count[counting.row[is_count]] = counting.col[is_count]
    arc, end = counting.col[~is_count], count[counting.row[~is_count]]
    order = np.lexsort((end, arc))
    arc, end = arc[order], end[order]
    place = np.arange(len(arc)) - np.searchsorted(arc, arc)
    ends = np.full((2, n_arcs), -1)
    for side in (0, 1):
        ends[side, arc[place == side]] = end[place == side]
    right = ends[0] >= ends[1].min(initial=system.n_columns, where=ends[1] >= 0)
    ends[1, right] = ends[0, right]
    ends[0, right] = -1
    return Ends(ends[0], ends[1])


def _cheapest(end: Int64, cost: Int64) -> Int64:
    order = np.lexsort((cost, end))
    ordered = end[order]
    place = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return np.asarray(order[(place < CHEAPEST) | (ordered < 0)], np.int64)


class _Nodes(NamedTuple):
    """The ends in use and the sets of seats that they share, as the nodes of a flow, ends first.

    `column` is each end's count column, `of` its set; `room` is how many each set has, `is_left` on which side it is.
    """

    column: Int64
    of: Int64
    room: Int64
    is_left: Mask


def _used_by_network(system: System, ends: Ends, cost: Int64) -> Int64:
    """Return the arcs of a cheapest flow that knows only the ends, the sets of seats that they share, and the costs."""
    from ortools.graph.python import min_cost_flow

    arcs = np.flatnonzero((ends.left >= 0) & (ends.right >= 0))
    both = np.concatenate([ends.left[arcs], ends.right[arcs]])
    column, node = np.unique(both, return_inverse=True)
    taken, room = seats_of(system)
    sets, of = np.unique(taken[column], return_inverse=True)
    is_left = np.zeros(len(sets), np.bool_)
    is_left[of[node[:len(arcs)]]] = True
    nodes = _Nodes(column, of, np.minimum(room[sets], len(arcs)), is_left)
    flow: Any = min_cost_flow.SimpleMinCostFlow()
    across = np.clip(cost[arcs], -LARGEST_COST, LARGEST_COST)
    ids = flow.add_arcs_with_capacity_and_unit_cost(
        node[:len(arcs)].astype(np.int32), node[len(arcs):].astype(np.int32), np.ones(len(arcs), np.int64), across)
    _add_nodes(flow, nodes, np.minimum(system.upper[column], len(arcs)), cost[column])
    if flow.solve() != flow.OPTIMAL:
        return np.zeros(0, np.int64)
    return np.asarray(arcs[np.asarray(flow.flows(ids)) > 0], np.int64)


def _add_nodes(flow: Any, nodes: _Nodes, upper: Int64, cost: Int64) -> None:
    """Join source, sets and ends on the left, ends, sets and sink on the right, and source to sink for who stays."""
    end, group = np.arange(len(nodes.of)), len(nodes.of) + np.arange(len(nodes.room))
    source, sink = np.array([0, 1]) + len(end) + len(group)
    out = nodes.is_left[nodes.of]
    supply = int(nodes.room[nodes.is_left].sum())
    zero = np.zeros(len(group), np.int64)
    for tail, head, capacity, unit_cost in (
            (np.where(out, group[nodes.of], end), np.where(out, end, group[nodes.of]), upper, cost),
            (np.where(nodes.is_left, source, group), np.where(nodes.is_left, group, sink), nodes.room, zero),
            (np.array([source]), np.array([sink]), np.array([supply]), zero[:1])):
        flow.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), capacity, unit_cost)
    flow.set_nodes_supplies(np.array([source, sink], np.int32), np.array([supply, -supply], np.int64))
