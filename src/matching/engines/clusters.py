"""A program in clusters of arcs: what links them is shared out by a whole plan that breaks some rules, or by a plan.

Unlike components, clusters are drawn by hand: thousands of rows may link them, nearly all plain sums. Each cluster may
use of such a row what the plan uses there and its part of what nobody uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from matching.engines.couplings import Couplings, couplings
from matching.engines.exact import without_zeros
from matching.engines.split import Part, Split
from matching.problem.program import INFINITE, Int64, Program


def clustered(program: Program, cluster: Int64) -> Split:
    """Return `program` in parts.

    Parameters
    ----------
    cluster : of each arc, from 0 without gaps
    """
    matrix = without_zeros(program.matrix)
    row_part, part_of = _parts_of(matrix, np.concatenate([cluster, np.full(program.n_columns - len(cluster), -1)]))
    clean = replace(program, matrix=matrix)
    parts = tuple(_parts(clean, part_of, row_part, int(cluster.max(initial=-1)) + 1))
    return Split(clean, parts, part_of, np.flatnonzero(row_part < 0), np.flatnonzero(part_of < 0))


def _parts_of(matrix: sparse.csr_array, part_of: Int64) -> tuple[Int64, Int64]:
    """Return the part of each row, -1 of those that link, and of each column, -1 of those in linking rows only.

    A row whose columns are all of one part is of that part, and so are columns of no part yet that stand in it.
    """
    by_column = matrix.T.tocsr()
    while True:
        row_part = _only(matrix, part_of)
        of_column = np.where(part_of >= 0, part_of, _only(by_column, row_part))
        if np.array_equal(of_column, part_of):
            return np.where(row_part == MIXED, -1, row_part), part_of
        part_of = of_column


MIXED = -2


def _only(matrix: sparse.csr_array, part: Int64) -> Int64:
    """Return the one part that each row's columns are of, -1 where they are of none, `MIXED` where of several."""
    known = part[matrix.indices]
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    kept = known >= 0
    low = np.full(matrix.shape[0], np.iinfo(np.int64).max)
    high = np.full(matrix.shape[0], -1)
    np.minimum.at(low, row[kept], known[kept])
    np.maximum.at(high, row[kept], known[kept])
    return np.where(high < 0, -1, np.where(low == high, high, MIXED))


def _parts(program: Program, part_of: Int64, row_part: Int64, n_parts: int) -> Iterator[Part]:
    place = np.zeros(program.n_columns, np.int32)
    columns, rows = _members(part_of, n_parts), _members(row_part, n_parts)
    for mine in columns:
        place[mine] = np.arange(len(mine), dtype=np.int32)
    for mine, own in zip(columns, rows, strict=True):
        taken = program.matrix[own]
        matrix = sparse.csr_array((taken.data, place[taken.indices], taken.indptr), shape=(len(own), len(mine)))
        goals = tuple(replace(goal, cost=goal.cost[mine], constant=0, slack_amount=Fraction(0))
                      for goal in program.objectives)
        yield Part(Program(int(np.searchsorted(mine, program.n_arcs)), matrix, program.row_lower[own],
                           program.row_upper[own], program.lower[mine], program.upper[mine],
                           tuple(program.labels[row] for row in own.tolist()), goals), mine, own)


def _members(part_of: Int64, n_parts: int) -> list[Int64]:
    order = np.argsort(part_of, kind="stable")
    return list(np.split(order, np.searchsorted(part_of[order], np.arange(n_parts + 1)))[1:-1])


def links(split: Split, x: Int64) -> Couplings:
    """Return what the linking rows ask of the parts together: the few with loose columns worked out, others as given.

    Parameters
    ----------
    x : shape (n_columns,); see `couplings`
    """
    loose = np.zeros(split.whole.n_columns, np.bool_)
    loose[split.loose] = True
    with_loose = np.flatnonzero(np.asarray(abs(sparse.csr_array(split.links)) @ loose.astype(np.int64)) != 0)
    plain = np.setdiff1d(np.arange(len(split.linking)), with_loose)
    few = couplings(replace(split, linking=split.linking[with_loose]), x.astype(np.float64))
    whole, rows = split.whole, split.linking[plain]
    above, below = rows[whole.row_upper[rows] < INFINITE], rows[whole.row_lower[rows] > -INFINITE]
    matrix = sparse.csr_array(sparse.vstack([few.matrix, whole.matrix[above], -whole.matrix[below]], format="csr"))
    upper = np.concatenate([few.upper, whole.row_upper[above], -whole.row_lower[below]])
    labels = (*few.labels, *(whole.labels[row] for row in [*above.tolist(), *below.tolist()]))
    return Couplings(matrix, upper, np.zeros((len(upper), 0), np.int64), labels)
