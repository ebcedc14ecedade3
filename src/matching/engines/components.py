"""Where a program falls apart: its columns and rows in groups that share nothing, and the few rows that link them.

Rows and columns are the two sides of a graph whose edges are the matrix's entries; its connected components are
programs of their own. A budget or a share of all placements joins what else were apart: such rows are those that reach
a large part of all arcs. They are taken out from the widest on until the rest falls apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.problem.program import Int64

LEVELS = (2, 4, 8, 16, 32)
"""A row may link where it reaches more than one in so many of all arcs; each level is tried after the one before."""
MOST_LINKING = 16
WORTH_LINKING = 0.75
"""Rows are taken out only where the largest group shrinks to this part of what it was."""

Bools = npt.NDArray[np.bool_]


class Components(NamedTuple):
    """Groups of columns and rows that share nothing but linking rows.

    Attributes
    ----------
    columns : int64, shape (n_columns,); the group of each, -1 of those that stand in linking rows only ("loose")
    rows : int64, shape (n_rows,); the group of each, -1 of linking rows
    sizes : int64; the arcs of each group, none without
    """

    columns: Int64
    rows: Int64
    sizes: Int64


class _Contracted(NamedTuple):
    """Columns that narrow rows join, as one label each; `touch` (n_wide, n_labels) has an entry where a wide row
    reaches a label, `arcs` counts the arcs of each."""

    label: Int64
    arcs: Int64
    wide: Int64
    touch: sparse.csr_array


class _Level(NamedTuple):
    """The group of each label, and which of the wide rows link groups."""

    group: Int64
    linking: Bools


def components(matrix: sparse.csr_array, n_arcs: int) -> Components:
    """Return the groups of a program's columns and rows: those that no row links, or that a few wide rows link.

    Parameters
    ----------
    matrix : shape (n_rows, n_columns), without stored zeros; columns 0 to `n_arcs` - 1 are the arcs
    """
    reach = _reach(matrix, n_arcs)
    contracted = _contract(matrix, n_arcs, reach)
    return _laid_out(matrix, contracted, _chosen(contracted, reach[contracted.wide], n_arcs))


def _reach(matrix: sparse.csr_array, n_arcs: int) -> Int64:
    """Return how many arcs each row reaches: its own, or those of the widest row of each further column, if more."""
    further = np.flatnonzero(matrix.indices >= n_arcs)
    row = np.searchsorted(matrix.indptr, further, side="right") - 1
    column = matrix.indices[further] - n_arcs
    own = np.diff(matrix.indptr).astype(np.int64) - np.bincount(row, minlength=matrix.shape[0])
    widest = np.zeros(matrix.shape[1] - n_arcs, np.int64)
    np.maximum.at(widest, column, own[row])
    through = np.zeros(matrix.shape[0], np.int64)
    np.add.at(through, row, widest[column])
    return np.asarray(np.maximum(own, through))


def _contract(matrix: sparse.csr_array, n_arcs: int, reach: Int64) -> _Contracted:
    wide = reach * LEVELS[-1] > n_arcs
    label = _joined(matrix[np.flatnonzero(~wide)])
    n = int(label.max(initial=-1)) + 1
    arcs = np.bincount(label[:n_arcs], minlength=n)
    return _Contracted(label, arcs, np.flatnonzero(wide), _touching(matrix[np.flatnonzero(wide)], label, n))


def _touching(rows: sparse.csr_array, label: Int64, n: int) -> sparse.csr_array:
    """Return the rows over labels in place of columns."""
    pattern = sparse.csr_array((np.ones(rows.nnz, np.int32), rows.indices, rows.indptr), shape=rows.shape)
    one_each = np.arange(len(label) + 1)
    members = sparse.csr_array((np.ones(len(label), np.int32), label, one_each), shape=(len(label), n))
    return sparse.csr_array(pattern @ members)


def _joined(rows: sparse.csr_array) -> Int64:
    """Return the component of each column, numbered from 0 in the order of their first columns."""
    from scipy.sparse.csgraph import connected_components

    n_rows, n_columns = rows.shape
    start = np.concatenate([np.zeros(n_columns, rows.indptr.dtype), rows.indptr])
    graph = sparse.csr_array((np.ones(rows.nnz), rows.indices, start), shape=(n_rows + n_columns,) * 2)
    return np.asarray(connected_components(graph, directed=False)[1][:n_columns], np.int64)


def _chosen(contracted: _Contracted, reach: Int64, n_arcs: int) -> _Level:
    """Return the groups without taking a row out, or of the first level that halves them, or the best there is."""
    best = _level(contracted, np.zeros(len(reach), np.bool_))
    largest = _largest(contracted, best)
    for share in LEVELS:
        if largest * 2 <= n_arcs:
            break
        found = _level(contracted, reach * share > n_arcs)
        if found.linking.sum() <= MOST_LINKING and _largest(contracted, found) <= WORTH_LINKING * largest:
            best, largest = found, _largest(contracted, found)
    return best


def _largest(contracted: _Contracted, level: _Level) -> int:
    return int(_sizes(contracted, level.group).max(initial=0))


def _sizes(contracted: _Contracted, group: Int64) -> Int64:
    sizes = np.zeros(int(group.max(initial=-1)) + 1, np.int64)
    np.add.at(sizes, group, contracted.arcs)
    return sizes


def _level(contracted: _Contracted, out: Bools) -> _Level:
    """Take the rows `out` out, and put back those that turn out to link nothing."""
    group = _joined(contracted.touch[np.flatnonzero(~out)])
    linking = np.zeros(len(out), np.bool_)
    linking[out] = _linking(contracted.touch[np.flatnonzero(out)], group, _sizes(contracted, group) > 0)
    return _Level(_joined(contracted.touch[np.flatnonzero(~linking)]), linking)


def _linking(touch: sparse.csr_array, group: Int64, has_arcs: Bools) -> Bools:
    """Tell which rows link groups: alone, or with other rows by way of columns that no arc shares a row with."""
    from scipy.sparse.csgraph import connected_components

    n_rows, n_groups = touch.shape[0], len(has_arcs)
    row, reached = np.repeat(np.arange(n_rows), np.diff(touch.indptr)), group[touch.indices]
    bare = ~has_arcs[reached]
    graph = sparse.coo_array((np.ones(int(bare.sum())), (row[bare], n_rows + reached[bare])),
                             shape=(n_rows + n_groups,) * 2)
    cluster = connected_components(graph, directed=False)[1][:n_rows].astype(np.int64)
    pairs = np.unique(cluster[row[~bare]] * n_groups + reached[~bare])
    return np.asarray(np.bincount(pairs // max(n_groups, 1), minlength=n_rows + n_groups)[cluster] > 1)


def _laid_out(matrix: sparse.csr_array, contracted: _Contracted, level: _Level) -> Components:
    """Number the groups with arcs, largest first; what has no arcs and is not loose goes with the largest."""
    sizes = _sizes(contracted, level.group)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    rank[sizes == 0] = 0
    loose = np.zeros(len(sizes), np.bool_)
    loose[level.group[contracted.touch[np.flatnonzero(level.linking)].indices]] = True
    rank[loose & (sizes == 0)] = -1
    columns = rank[level.group][contracted.label]
    rows = np.zeros(matrix.shape[0], np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    rows[filled] = columns[matrix.indices[matrix.indptr[filled]]]
    rows[contracted.wide[level.linking]] = -1
    return Components(columns, rows, -np.sort(-sizes[sizes > 0]))
