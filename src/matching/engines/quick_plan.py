"""A plan in the time of three flows, for whoever has little time: no proof, and not the best, but within the rules.

What makes a program no network are mostly rows in which some arcs make room for others: "at least 20% backbone
teachers". A flow without these rows tells how many each row will have; a second one places the arcs that make room,
and sees that each row has enough for that many; what is left to all others are then plain counts, which a third flow
fills. What breaks a sum, such as a budget, is taken out again where that costs the least. The ledger has the last word.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from matching.engines.blending import blend
from matching.engines.exact import box_minimum, rounded_bound, without_zeros
from matching.engines.families import Joined, joined, two_trees
from matching.engines.flow import Cost, Edges, FlowFailedError, Network, solve_parts
from matching.engines.flow_parts import parts_of
from matching.engines.ledger import Ledger
from matching.engines.quick_rows import Mask, Rows, SortedRows, sorted_rows, with_counts
from matching.problem.program import Int64, Program

SOUGHT = 8
"""How many times the largest cost it is worth to have as many as a row should have."""


def offer_quick_plan(ledger: Ledger) -> None:
    """Offer `ledger`, which is at its first goal, a quick plan and the bound of what is plainly counted."""
    program = ledger.program
    rows = sorted_rows(program)
    if rows is None or not program.objectives:
        return
    x = quick_plan(program, rows)
    if x is not None:
        ledger.offer(x)
    bound = counted_bound(program, rows)
    if bound is not None:
        ledger.raise_bound(0, bound)


def quick_plan(program: Program, rows: SortedRows) -> Int64 | None:
    """Return the columns of a plan, which may break a rule all the same; None where the counts are no network."""
    cost = blend([goal.cost[:program.n_arcs] for goal in program.objectives])
    wanted = flow_within(rows.counts, cost, ~rows.banned)
    helpers = None if wanted is None else flow_within(_room_for(rows, wanted), cost, rows.helper)
    others = None if helpers is None else flow_within(left_by(rows, helpers), cost, ~rows.helper & ~rows.banned)
    if helpers is None or others is None:
        return None
    arcs = helpers + others
    give_back(rows, arcs, cost)
    return with_counts(program, rows.definition, arcs)


def counted_bound(program: Program, rows: SortedRows) -> int | None:
    """Return a bound of the first goal, constant included: no rule kept but the upper bounds of plain counts."""
    goal, n = program.objectives[0], program.n_arcs
    certain = rows.counts.chosen(rows.certain)
    arcs = flow_within(replace(certain, lower=np.zeros_like(certain.lower)), goal.cost[:n], np.ones(n, np.bool_))
    if arcs is None:
        return None
    behind = box_minimum(goal.cost[n:], program.lower[n:], program.upper[n:])
    return rounded_bound(goal, Fraction(int(goal.cost[:n] @ arcs) + behind))


def _room_for(rows: SortedRows, wanted: Int64) -> Rows:
    """Return what helpers are to keep to: the counts, and in each mixed row as many as make room for those wanted."""
    mixed = rows.mixed.matrix
    most, least = (side.toarray().reshape(-1) for side in (mixed.max(axis=1), mixed.min(axis=1)))
    n_wanted = ones(mixed, mixed.data != 0) @ wanted
    needed = -((rows.mixed.upper - most * n_wanted) // np.maximum(1, most - least))
    counted = ones(mixed, mixed.data < 0)
    return stacked(rows.counts, Rows(counted, np.maximum(0, needed), np.diff(counted.indptr), rows.mixed.rule))


def left_by(rows: SortedRows, helpers: Int64) -> Rows:
    """Return what the helpers leave to the others: every row is a plain count of these."""
    counts, mixed = rows.counts, rows.mixed
    used = counts.matrix @ helpers
    most = np.maximum(1, mixed.matrix.max(axis=1).toarray().reshape(-1))
    room = np.maximum(0, (mixed.upper - mixed.matrix @ helpers) // most)
    left = Rows(counts.matrix, counts.lower - used, np.maximum(0, counts.upper - used), counts.rule)
    taking = ones(mixed.matrix, mixed.matrix.data > 0)
    return stacked(left, Rows(taking, np.zeros_like(room), room, mixed.rule))


def ones(matrix: sparse.csr_array, which: Mask) -> sparse.csr_array:
    return without_zeros(sparse.csr_array((which.astype(np.int64), matrix.indices, matrix.indptr), shape=matrix.shape))


def stacked(one: Rows, other: Rows) -> Rows:
    return Rows(sparse.csr_array(sparse.vstack([one.matrix, other.matrix], format="csr")),
                *(np.concatenate(pair) for pair in ((one.lower, other.lower), (one.upper, other.upper),
                                                    (one.rule, other.rule))))


def flow_within(rows: Rows, cost: Int64, allowed: Mask) -> Int64 | None:
    """Return the arcs of the cheapest flow within what each row counts at most; what it should at least is sought."""
    columns = np.flatnonzero(allowed)
    trees = two_trees(rows.matrix[:, columns], np.unique(rows.rule, return_inverse=True)[1])
    if trees is None:
        return None
    network = joined(*trees)
    most = np.minimum(rows.upper[network.rows], len(columns))
    if np.any(most < 0):
        return None
    found = np.zeros(len(cost), np.int64)
    try:
        found[columns] = _cheapest(network, cost[columns], rows.lower[network.rows], most)
    except FlowFailedError:
        return None
    return found


def _cheapest(network: Joined, cost: Int64, least: Int64, most: Int64) -> Int64:
    """Return the flow on each arc; the first through a row, up to the least that it should have, are paid for.

    Parameters
    ----------
    least, most : of each of the network's rows, how many there should be at least, and may be at most
    """
    least = np.clip(least, 0, most)
    paid = np.flatnonzero(least)
    again = np.r_[np.arange(len(network.tail)), len(cost) + paid]
    room = np.concatenate([np.ones_like(cost), most - least, least[paid]])
    worth = np.full(len(paid), -SOUGHT * max(1, int(np.abs(cost).max(initial=0))))
    edges = Edges(network.tail[again], network.head[again], np.zeros_like(room), room)
    costs = Cost(np.concatenate([cost, np.zeros_like(least), worth]))
    flow = solve_parts(parts_of(Network(network.n_nodes, edges, (costs,), np.ones(len(cost), np.int8))))
    assert flow is not None  # nothing at all keeps to all of it
    return flow


def give_back(rows: SortedRows, arcs: Int64, cost: Int64) -> None:
    """Take out arcs that break a sum, those first that save the most for what they are worth; none that a row needs, or
    that goes with others."""
    spare = rows.counts.matrix @ arcs - rows.counts.lower
    needing = np.flatnonzero(rows.counts.lower > 0)
    standing = rows.counts.matrix[needing].tocsc()
    for k in range(len(rows.sums.upper)):
        taken = rows.sums.matrix[[k]].toarray().reshape(-1)
        over = int(taken @ arcs - rows.sums.upper[k])
        used = np.flatnonzero((arcs > 0) & (taken > 0) & ~rows.helper & ~rows.banned)
        for arc in used[np.argsort(-cost[used] / taken[used], kind="stable")].tolist():
            if over <= 0:
                break
            its = needing[standing.indices[standing.indptr[arc]:standing.indptr[arc + 1]]]
            if (spare[its] > 0).all():
                spare[its] -= 1
                arcs[arc] = 0
                over -= int(taken[arc])
