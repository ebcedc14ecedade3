"""Two laminar families: whether rows fall into two sets within which any two are nested or have nothing in common."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.problem.program import Int32, Int64

MOST_OVERLAPS = 200_000_000
"""Beyond so many pairs of rows with a column in common (each counted once a column), rows are not compared singly."""

SOME = 1000
"""How many columns are looked at to tell that rules cross, before all are."""


class Tree(NamedTuple):
    """A laminar family: its rows as nodes.

    `parent` is each node's smallest containing node, `of_column` each column's; -1 is the root.
    """

    rows: Int64
    parent: Int64
    of_column: Int64


class Joined(NamedTuple):
    """Two trees with one root, node 0, as a network: the columns' edges run across, then the rows' along the trees.

    Attributes
    ----------
    rows : the rows whose edges follow the columns'; as many as there are nodes besides the root
    """

    n_nodes: int
    tail: Int32
    head: Int32
    rows: Int64


class _Layer(NamedTuple):
    """Disjoint rows: those with columns, the first column of each of these, and the row of every column or -1."""

    rows: Int64
    filled: Int64
    first: Int32
    of_column: Int32


def two_trees(matrix: sparse.csr_array, kinds: Int64) -> tuple[Tree, Tree] | None:
    """Return the rows of a 0-1 matrix as two trees; None where there are none, or they would take long to find.

    Rows of one kind are taken together where that will do: the rules of a policy mostly state disjoint rows, and one
    rule's lie within another's or across all of them.

    Parameters
    ----------
    kinds : int64, shape (n_rows,), from 0; rows of one kind are expected to be disjoint
    """
    layers = _layers(matrix, kinds)
    found = None if layers is None else _of_layers(layers, matrix.shape[1])
    return found or _of_rows(matrix)


def joined(source: Tree, sink: Tree) -> Joined:
    """Join two trees: root to leaf in the first, a column across, leaf to root in the second."""
    first, second = 1, 1 + len(source.rows)
    up, out = (np.where(node < 0, 0, first + node) for node in (source.of_column, source.parent))
    down, back = (np.where(node < 0, 0, second + node) for node in (sink.of_column, sink.parent))
    tail = np.concatenate([up, out, second + np.arange(len(sink.rows))])
    head = np.concatenate([down, first + np.arange(len(source.rows)), back])
    return Joined(second + len(sink.rows), tail.astype(np.int32), head.astype(np.int32),
                  np.concatenate([source.rows, sink.rows]))


def _of_rows(matrix: sparse.csr_array) -> tuple[Tree, Tree] | None:
    """Return the rows as two trees, whatever their kinds."""
    if float((np.bincount(matrix.indices).astype(np.float64) ** 2).sum()) > MOST_OVERLAPS:
        return None
    family = _two_colours(matrix.shape[0], *_crossing(matrix))
    if family is None:
        return None
    one, other = (tree(matrix, np.flatnonzero(family == side)) for side in (0, 1))
    return None if one is None or other is None else (one, other)


def tree(matrix: sparse.csr_array, rows: Int64) -> Tree | None:
    """Return `rows` as a tree, None where two of them cross.

    Seen from a column, its rows form a chain from large to small; they are laminar just where all columns of a row
    agree on the row before it.
    """
    order = rows[np.argsort(-np.diff(matrix.indptr)[rows], kind="stable")]
    chains = matrix[order].tocsc()
    node, start = chains.indices, chains.indptr
    before = np.r_[np.int32(-1), node[:-1]][:len(node)]
    filled = np.diff(start) > 0
    before[start[:-1][filled]] = -1
    parent = np.full(len(order), -1, np.int64)
    parent[node] = before
    if not np.array_equal(parent[node], before):
        return None
    of_column = np.full(matrix.shape[1], -1, np.int64)
    of_column[filled] = node[start[1:][filled] - 1]
    return Tree(order, parent, of_column)


def _layers(matrix: sparse.csr_array, kinds: Int64) -> list[_Layer] | None:
    """Return the rows of each kind as a layer, None where those of some kind are not disjoint."""
    layers = []
    for kind in range(int(kinds.max(initial=-1)) + 1):
        layer = _layer(matrix, np.flatnonzero(kinds == kind))
        if layer is None:
            return None
        layers.append(layer)
    return layers


def _layer(matrix: sparse.csr_array, rows: Int64) -> _Layer | None:
    """Return `rows` as a layer, None where they are not disjoint."""
    adjacent = len(rows) and rows[-1] - rows[0] == len(rows) - 1
    if adjacent:
        start = matrix.indptr[rows[0]:rows[-1] + 2]
        columns = matrix.indices[start[0]:start[-1]]
        start = start - start[0]
    else:
        part = matrix[rows]
        columns, start = part.indices, part.indptr
    length = np.diff(start)
    of_column = np.full(matrix.shape[1], -1, np.int32)
    of_column[columns] = np.repeat(rows.astype(np.int32), length)
    if np.count_nonzero(of_column >= 0) < len(columns):
        return None
    return _Layer(rows, rows[length > 0], columns[start[:-1][length > 0]], of_column)


def _of_layers(layers: Sequence[_Layer], n_columns: int) -> tuple[Tree, Tree] | None:
    """Return two trees of whole layers, None where layers cannot be told apart so."""
    within = np.eye(len(layers), dtype=np.bool_)
    for a, b in combinations(sorted(range(len(layers)), key=lambda k: len(layers[k].rows)), 2):
        within[b, a] = _refines(layers[b], layers[a])
        within[a, b] = not within[b, a] and _refines(layers[a], layers[b])
    family = _two_colours(len(layers), *np.nonzero(np.triu(~(within | within.T))))
    if family is None:
        return None
    found = []
    for side in (0, 1):
        own = np.flatnonzero(family == side)
        own = own[np.argsort(within[np.ix_(own, own)].sum(axis=1), kind="stable")]
        if np.tril(~within[np.ix_(own, own)]).any():
            return None
        found.append(_stacked([layers[k] for k in own.tolist()], n_columns))
    return found[0], found[1]


def _stacked(layers: Sequence[_Layer], n_columns: int) -> Tree:
    """Return layers, each within all those before it, as a tree."""
    rows = np.concatenate([np.zeros(0, np.int64), *(layer.rows for layer in layers)])
    node = np.full(rows.max(initial=-1) + 2, -1, np.int64)
    node[rows] = np.arange(len(rows))
    parent, of_column = np.full(len(rows), -1, np.int64), np.full(n_columns, -1, np.int32)
    for layer in layers:
        parent[node[layer.filled]] = node[of_column[layer.first]]
        of_column = np.where(layer.of_column >= 0, layer.of_column, of_column)
    return Tree(rows, parent, node[of_column])


def _refines(fine: _Layer, coarse: _Layer) -> bool:
    """Tell whether each row of `fine` lies within one row of `coarse`, or outside all of them.

    Some columns are looked at before all are, since those of layers that cross mostly tell.
    """
    around = np.full(fine.rows.max(initial=-1) + 2, -1, np.int32)
    around[fine.filled] = coarse.of_column[fine.first]
    for step in (max(1, len(fine.of_column) // SOME), 1):
        own, others = fine.of_column[::step], coarse.of_column[::step]
        if np.any((around[own] != others) & (own >= 0)):
            return False
    return True


def _crossing(matrix: sparse.csr_array) -> tuple[Int64, Int64]:
    """Return the pairs of rows that have columns in common, though neither holds the other."""
    ones = sparse.csr_array((np.ones(matrix.nnz, np.int32), matrix.indices, matrix.indptr), shape=matrix.shape)
    overlap = sparse.coo_array(ones @ ones.T)
    size = np.diff(matrix.indptr)
    crossing = (overlap.row < overlap.col) & (overlap.data < np.minimum(size[overlap.row], size[overlap.col]))
    return overlap.row[crossing], overlap.col[crossing]


def _two_colours(n: int, first: Int64, second: Int64) -> Int64 | None:
    """Return a colour, 0 or 1, for each of `n` nodes so that no edge joins two alike; None where there is none.

    Every node is doubled, and an edge joins each node with the other one's double: a node and its double are joined
    just where there is an odd cycle; else each is in a part of its own.
    """
    ends = np.concatenate([first, first + n]), np.concatenate([second + n, second])
    part = np.arange(2 * n)
    while True:
        least = np.minimum(part[ends[0]], part[ends[1]])
        joined = part.copy()
        for side in ends:
            np.minimum.at(joined, side, least)
        joined = joined[joined]
        if np.array_equal(joined, part):
            break
        part = joined
    if np.any(part[:n] == part[n:]):
        return None
    return np.asarray(part[:n] > part[n:], np.int64)
