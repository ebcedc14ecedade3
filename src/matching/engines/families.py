"""Two laminar families: whether rows fall into two sets within which any two are nested or have nothing in common."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.problem.program import Int32, Int64

MOST_OVERLAPS = 200_000_000
"""Beyond so many pairs of rows with a column in common (each counted once a column), rows are not compared singly."""


class Tree(NamedTuple):
    """A laminar family: its rows, the largest first, as nodes.

    `parent` is each node's smallest containing node, `of_column` each column's; -1 is the root.
    """

    rows: Int64
    parent: Int64
    of_column: Int64


class _Layer(NamedTuple):
    """Disjoint rows: their columns end to end, whence each row begins, and the row of every column, -1 without one."""

    columns: Int32
    start: Int64
    of_column: Int32


def two_families(matrix: sparse.csr_array, kinds: Int64) -> Int64 | None:
    """Return the family, 0 or 1, of each row of a 0-1 matrix; None where there are no such families.

    Rows of one kind are taken together where that will do: the rules of a policy mostly state disjoint rows, and one
    rule's lie within another's or across all of them.

    Parameters
    ----------
    kinds : int64, shape (n_rows,), from 0; rows of one kind are expected to be disjoint
    """
    by_kind = _by_kind(matrix, kinds)
    if by_kind is not None:
        return by_kind[kinds]
    if float((np.bincount(matrix.indices).astype(np.float64) ** 2).sum()) > MOST_OVERLAPS:
        return None
    return _two_colours(matrix.shape[0], *_crossing(matrix))


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


def _by_kind(matrix: sparse.csr_array, kinds: Int64) -> Int64 | None:
    """Return the family of each kind where whole kinds can be told apart, else None."""
    layers = []
    for kind in range(int(kinds.max(initial=-1)) + 1):
        layer = _layer(matrix, np.flatnonzero(kinds == kind))
        if layer is None:
            return None
        layers.append(layer)
    pairs = [(a, b) for a in range(len(layers)) for b in range(a)
             if not (_refines(layers[a], layers[b]) or _refines(layers[b], layers[a]))]
    first, second = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return _two_colours(len(layers), first, second)


def _layer(matrix: sparse.csr_array, rows: Int64) -> _Layer | None:
    """Return `rows` as a layer, None where they are not disjoint."""
    adjacent = len(rows) and rows[-1] - rows[0] == len(rows) - 1
    part = matrix[int(rows[0]):int(rows[-1]) + 1] if adjacent else matrix[rows]
    length = np.diff(part.indptr)
    of_column = np.full(matrix.shape[1], -1, np.int32)
    of_column[part.indices] = np.repeat(rows.astype(np.int32), length)
    if np.count_nonzero(of_column >= 0) < part.nnz:
        return None
    return _Layer(part.indices, part.indptr[:-1][length > 0].astype(np.int64), of_column)


def _refines(fine: _Layer, coarse: _Layer) -> bool:
    """Tell whether each row of `fine` lies within one row of `coarse`, or outside all of them."""
    if not len(fine.start):
        return True
    around = coarse.of_column[fine.columns]
    return np.array_equal(np.minimum.reduceat(around, fine.start), np.maximum.reduceat(around, fine.start))


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
