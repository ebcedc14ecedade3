"""The columns that a relaxation begins with: those to which a plain network's prices say that they may be needed.

Most rules count arcs: seats, one post each, release caps, floors. Those that fall into two trees are a network, whose
cheapest flow takes a hundredth of the time of a relaxation. Its potentials price all arcs: hardly any but the few of
least reduced cost at every end is needed once shares and budgets are kept too. The others are priced in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.families import Joined, joined, two_trees
from matching.engines.flow import Cost, Edges, FlowFailedError, Network, potentials, solve_parts
from matching.engines.flow_parts import parts_of
from matching.engines.lifting import Extension
from matching.engines.system import rules_of_rows
from matching.problem.program import Int64, Program

Mask = npt.NDArray[np.bool_]
MANY_ARCS = 20_000
"""From so many on it is worth while to begin with some."""
LEAST = 5
"""How many arcs of least reduced cost to begin with at every end, and of every class."""
LARGE = 100_000
"""With so many arcs a plan a step up is known long before all columns are searched, the relaxation misses the best plan
by few units, and its parts are solved first, which price in by themselves what they miss."""
LEAST_OF_LARGE = 3
"""How many arcs there are to begin with at every end, and of every class, with so many in all."""
LARGEST_COST = 2**40
"""Beyond it the flow solver's own scaling of costs by the number of nodes may overflow."""


class Priced(NamedTuple):
    """A cheapest flow through the network of a program's plain counts.

    Attributes
    ----------
    n_nodes, edges : the network; the first edges are the program's columns
    cost, flow : of the columns, int64, shape (n_columns of the program,)
    reduced : their reduced costs
    """

    n_nodes: int
    edges: Edges
    cost: Int64
    flow: Int64
    reduced: Int64


class Seeds(NamedTuple):
    """Which columns of an extended program to begin with, and the flow that chose them; None where all are taken."""

    columns: Mask
    priced: Priced | None


def seeds(program: Program, extension: Extension, cost: Int64) -> Seeds:
    """Choose columns to begin with: all where arcs are few, or are no network.

    Parameters
    ----------
    cost : int64, shape (n_columns of the extended system,); what is minimised first
    """
    chosen = np.ones(extension.system.n_columns, np.bool_)
    priced = _priced(program, extension, cost) if program.n_arcs >= MANY_ARCS else None
    if priced is None:
        return Seeds(chosen, None)
    n_arcs, edges = program.n_arcs, priced.edges
    by_size = np.argsort(np.abs(priced.reduced[:n_arcs]), kind="stable")
    chosen[:n_arcs] = priced.flow[:n_arcs] > extension.system.lower[:n_arcs]
    ends = [end[:n_arcs].astype(np.int64) for end in (edges.tail, edges.head)]
    least = LEAST if n_arcs < LARGE else LEAST_OF_LARGE
    for end in (*ends, *_classes(extension, n_arcs)):
        chosen[:n_arcs] |= _least(end, by_size, least)
    return Seeds(chosen, priced)


def _priced(program: Program, extension: Extension, cost: Int64) -> Priced | None:
    """Return the cheapest flow through the program's network; None where there is none, or it is beyond the solver."""
    n, system = program.n_columns, extension.system
    costs = extension.over_program(cost)
    if np.abs(costs).max(initial=0) > LARGEST_COST:
        return None
    network = _network(program)
    lower, upper = system.lower[:n], system.upper[:n]
    rows = program.matrix[network.rows]
    least = np.maximum(program.row_lower[network.rows], rows @ lower)
    most = np.minimum(program.row_upper[network.rows], rows @ upper)
    edges = Edges(network.tail, network.head, np.r_[lower, least], np.r_[upper, most])
    whole = np.r_[costs, np.zeros(len(network.rows), np.int64)]
    try:
        flow = solve_parts(parts_of(Network(network.n_nodes, edges, (Cost(whole),), np.ones(n, np.int8))))
    except FlowFailedError:
        return None
    potential = None if flow is None else potentials(network.n_nodes, edges, whole, np.r_[flow, rows @ flow])
    if flow is None or potential is None:
        return None
    reduced = (whole + potential[network.tail] - potential[network.head])[:n]
    return Priced(network.n_nodes, edges, costs, flow, reduced)


def _network(program: Program) -> Joined:
    """Return the network of the rules that are plain counts: of all, or of as many, larger ones first, as make one."""
    rules, matrix = rules_of_rows(program), program.matrix
    row = np.repeat(np.arange(program.n_rows), np.diff(matrix.indptr))
    counted = np.setdiff1d(rules, rules[row[matrix.data != 1]])
    network = _joined(program, rules, counted)
    if network is not None:
        return network
    sizes = np.array([np.count_nonzero(rules[row] == rule) for rule in counted])
    chosen = counted[:0]
    for rule in counted[np.argsort(-sizes, kind="stable")]:
        with_it = _joined(program, rules, np.append(chosen, rule))
        if with_it is not None:
            network, chosen = with_it, np.append(chosen, rule)
    assert network is not None  # disjoint rows are a tree
    return network


def _joined(program: Program, rules: Int64, chosen: Int64) -> Joined | None:
    """Return the rows of some rules as a network, None where they are none."""
    rows = np.flatnonzero(np.isin(rules, chosen))
    trees = two_trees(program.matrix[rows], np.unique(rules[rows], return_inverse=True)[1])
    if trees is None:
        return None
    network = joined(*trees)
    return network._replace(rows=rows[network.rows])


def _classes(extension: Extension, n_arcs: int) -> Iterator[Int64]:
    """Yield the classes in which each arc is counted, one of each arc's at a time; -1 where it is in no more."""
    counting = extension.definition[:, :n_arcs].tocsc()
    n_classes = np.diff(counting.indptr)
    for k in range(int(n_classes.max(initial=0))):
        found = np.full(n_arcs, -1)
        more = np.flatnonzero(n_classes > k)
        found[more] = counting.indices[counting.indptr[more] + k]
        yield found


def _least(end: Int64, by_size: Int64, n: int) -> Mask:
    """Return which arcs are among the `n` of least size at their end; an arc at end -1 is not.

    The end is as short a number as will do: numpy sorts 16 bits by radix.
    """
    keys = (end[by_size] + 1).astype(np.min_scalar_type(int(end.max(initial=0)) + 1))
    order = by_size[np.argsort(keys, kind="stable")]
    ordered = end[order]
    near, beyond = ordered >= 0, ordered[n:]
    near[n:] &= beyond != ordered[:len(beyond)]
    found = np.zeros(len(end), np.bool_)
    found[order[near]] = True
    return found
