"""Finding out whether a program is a pure network, and which.

Rows that are sums of arcs form a network where they fall into two laminar families (within a family any two rows are
nested or disjoint): the arcs then run between two trees, one of each family, and the matrix is totally unimodular
(J. Edmonds, "Submodular functions, matroids, and certain polyhedra", 1970).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.domain.text import Text
from matching.problem.program import INFINITE, Int64, Program

LARGEST_COST = 2**60


class NotANetworkError(Exception):
    """Why a program is no pure network."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


class Edges(NamedTuple):
    """Directed edges, parallel arrays: `tail` and `head` int32, `lower`, `upper` and `cost` int64."""

    tail: Int64
    head: Int64
    lower: Int64
    upper: Int64
    cost: Int64


class Network(NamedTuple):
    """A circulation: the first `n_arcs` edges are the program's arcs."""

    n_nodes: int
    n_arcs: int
    edges: Edges


class _Tree(NamedTuple):
    """A family's rows as a tree: the node of each arc, and the parent of each row; -1 is the root."""

    of_arc: Int64
    rows: Int64
    parent: Int64


def network_of(program: Program) -> Network:
    """Return the network that `program` is.

    Raises
    ------
    NotANetworkError
        With the reason, where it is none, or where one exact cost for all goals would not fit.
    """
    _check_form(program)
    sums = sparse.csr_array(program.matrix)
    family = _families(sums, program)
    source, sink = (_tree(sums, np.flatnonzero(family == side)) for side in (0, 1))
    return _circulation(program, source, sink, _weighted(program))


def _check_form(program: Program) -> None:
    if program.n_columns != program.n_arcs:
        raise NotANetworkError("有弹性规则、变动的比例或同行组等附加变量，不是纯网络",
                               "it has further columns (elastic rules, varying shares, groups): no pure network")
    terms = sparse.coo_array(program.matrix)
    odd = terms.row[terms.data != 1]
    if len(odd):
        rule = program.labels[int(odd.min())].rule
        raise NotANetworkError(f"规则 {rule} 不是简单计数，不是纯网络",
                               f"the rule {rule} is no plain count: no pure network")
    if any(goal.slack_amount for goal in program.objectives):
        raise NotANetworkError("目标带有松弛，不能合成一个目标", "a goal has slack, so the goals cannot be made one")


def _families(sums: sparse.csr_array, program: Program) -> Int64:
    """Return the family, 0 or 1, of each row: rows that cross are of different ones."""
    import networkx as nx

    size = np.diff(sums.indptr)
    overlap = sparse.coo_array(sums @ sums.T)
    crossing = overlap.data < np.minimum(size[overlap.row], size[overlap.col])
    graph = nx.Graph()
    graph.add_nodes_from(range(program.n_rows))
    graph.add_edges_from(zip(overlap.row[crossing].tolist(), overlap.col[crossing].tolist(), strict=True))
    try:
        colour = nx.bipartite.color(graph)
    except nx.NetworkXError as odd:
        raise NotANetworkError("规则之间交叉，不是纯网络", "its rules cross each other: no pure network") from odd
    return np.array([colour[row] for row in range(program.n_rows)], np.int64)


def _tree(sums: sparse.csr_array, rows: Int64) -> _Tree:
    """Return one family as a tree; going from large to small rows, each arc is last in its smallest one."""
    of_arc = np.full(sums.shape[1], -1, np.int64)
    order = rows[np.argsort(-np.diff(sums.indptr)[rows], kind="stable")]
    parent = np.full(len(order), -1, np.int64)
    for node, row in enumerate(order.tolist()):
        arcs = sums.indices[sums.indptr[row]:sums.indptr[row + 1]]
        if len(arcs):
            parent[node] = of_arc[arcs[0]]
            of_arc[arcs] = node
    return _Tree(of_arc, order, parent)


def _circulation(program: Program, source: _Tree, sink: _Tree, cost: Int64) -> Network:
    """Join the trees: root to leaf in the first, an arc across, leaf to root in the second, and back."""
    first, second = 1, 2 + len(source.rows)
    root, end = 0, 1 + len(source.rows)
    up = np.where(source.of_arc < 0, root, first + source.of_arc)
    down = np.where(sink.of_arc < 0, end, second + sink.of_arc)
    parts = [
        (up, down, program.lower, program.upper, cost),
        _tree_edges(program, source, root, first, outward=True),
        _tree_edges(program, sink, end, second, outward=False),
        (np.array([end]), np.array([root]), np.zeros(1, np.int64), np.array([program.n_arcs]), np.zeros(1, np.int64)),
    ]
    tail, head, lower, upper, costs = (np.concatenate([part[k] for part in parts]).astype(np.int64) for k in range(5))
    edges = Edges(tail.astype(np.int32), head.astype(np.int32), lower, upper, costs)
    return Network(second + len(sink.rows), program.n_arcs, edges)


def _tree_edges(program: Program, tree: _Tree, root: int, first: int, outward: bool) -> tuple[Int64, ...]:
    node = first + np.arange(len(tree.rows))
    parent = np.where(tree.parent < 0, root, first + tree.parent)
    low = np.maximum(program.row_lower[tree.rows], 0)
    high = np.clip(program.row_upper[tree.rows], -INFINITE, program.n_arcs)
    if np.any(high < low):
        raise NotANetworkError("有规则的下限大于上限", "a rule's lower bound exceeds its upper one")
    zero = np.zeros(len(node), np.int64)
    return (parent, node, low, high, zero) if outward else (node, parent, low, high, zero)


def _weighted(program: Program) -> Int64:
    """Return one cost a column that orders plans as the goals do, one after another."""
    most = min(program.n_arcs, int(np.abs(program.upper).sum()))
    cost, reach = np.zeros(program.n_columns, np.int64), 0
    for goal in reversed(program.objectives):
        weight = reach + 1
        largest = int(np.abs(goal.cost).max(initial=0))
        if (weight * largest + reach) * (program.n_rows + 4) >= LARGEST_COST:
            raise NotANetworkError("各目标合成一个时数值太大", "the goals made one would be too large a number")
        cost = cost + weight * goal.cost
        reach += 2 * weight * largest * most
    return cost
