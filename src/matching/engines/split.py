"""A program as parts that can be solved side by side, and the rows that link them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.components import components
from matching.engines.exact import without_zeros
from matching.problem.program import Int32, Int64, Program

MOST_PARTS = 64
MANY = 16
"""Beyond so many times the parts that are asked for, groups are small: they are dealt out without being weighed."""


class Part(NamedTuple):
    """A part as a program of its own, and where its columns and rows are in the whole one.

    The costs are the whole program's; constants, and the slack of goals, are left to the whole.
    """

    program: Program
    columns: Int64
    rows: Int64


@dataclass(frozen=True)
class Split:
    """A program as parts that share nothing but linking rows.

    Attributes
    ----------
    parts : in the order of their largest groups; one, the whole program, where nothing can be gained
    part_of : int64, shape (n_columns,); the part of each column, -1 of loose ones
    linking : int64; the rows that are in no part
    loose : int64; the columns that stand in linking rows only and are no arcs
    """

    whole: Program
    parts: tuple[Part, ...]
    part_of: Int64
    linking: Int64
    loose: Int64

    @cached_property
    def links(self) -> sparse.csr_array:
        """The linking rows, shape (n_linking, n_columns)."""
        return self.whole.matrix[self.linking]

    @cached_property
    def _by_column(self) -> sparse.csc_array:
        return self.links.tocsc()

    def coefficients(self, part: int) -> sparse.csc_array:
        """Return the linking rows over the columns of one part, shape (n_linking, its n_columns)."""
        return self._by_column[:, self.parts[part].columns]

    def first_cost(self, column: int) -> int:
        """Return what the first goal that asks for a column asks for it, 0 where none does."""
        return next((int(goal.cost[column]) for goal in self.whole.objectives if goal.cost[column]), 0)


def split(program: Program, most: int = MOST_PARTS) -> Split:
    """Return `program` in at most `most` parts, small groups put together so that the parts are alike in size."""
    matrix = without_zeros(program.matrix)
    groups = components(matrix, program.n_arcs)
    n_parts = min(most, len(groups.sizes))
    if n_parts < 2:
        return _unsplit(program)
    merged = _merged(groups.sizes, n_parts)
    part_of, row_part = _through(merged, groups.columns), _through(merged, groups.rows)
    clean = replace(program, matrix=matrix)
    return Split(clean, tuple(_parts(clean, part_of, row_part, n_parts)), part_of, np.flatnonzero(row_part < 0),
                 np.flatnonzero(part_of < 0))


def _unsplit(program: Program) -> Split:
    whole = Part(program, np.arange(program.n_columns), np.arange(program.n_rows))
    none = np.zeros(0, np.int64)
    return Split(program, (whole,), np.zeros(program.n_columns, np.int64), none, none)


def _merged(sizes: Int64, n_parts: int) -> Int64:
    """Return the part of each group: the largest group first, each to the part that is smallest so far.

    The rule of longest processing time first (R. L. Graham, "Bounds on multiprocessing timing anomalies", 1969).
    """
    many = MANY * n_parts
    rank = np.arange(len(sizes))
    bundle = np.where(rank < many, rank, many + rank % n_parts)
    weights = np.zeros(int(bundle.max()) + 1, np.int64)
    np.add.at(weights, bundle, sizes)
    heap = [(0, part) for part in range(n_parts)]
    part_of = np.zeros(len(weights), np.int64)
    for k, weight in enumerate(weights.tolist()):
        load, part = heap[0]
        part_of[k] = part
        heapq.heapreplace(heap, (load + weight, part))
    return part_of[bundle]


def _through(merged: Int64, group: Int64) -> Int64:
    return np.where(group < 0, -1, merged[group])


def _parts(program: Program, part_of: Int64, row_part: Int64, n_parts: int) -> Iterator[Part]:
    """Yield the parts; columns and rows keep their order."""
    columns, rows = _members(part_of, n_parts), _members(row_part, n_parts)
    place = np.zeros(program.n_columns, np.int32)
    for mine in columns:
        place[mine] = np.arange(len(mine), dtype=np.int32)
    for k in range(n_parts):
        yield Part(_part(program, columns[k], rows[k], place), columns[k], rows[k])


def _members(part_of: Int64, n_parts: int) -> Sequence[Int64]:
    order = np.argsort(part_of, kind="stable")
    return np.split(order, np.searchsorted(part_of[order], np.arange(n_parts + 1)))[1:-1]


def _part(program: Program, columns: Int64, rows: Int64, place: Int32) -> Program:
    taken = program.matrix[rows]
    matrix = sparse.csr_array((taken.data, place[taken.indices], taken.indptr), shape=(len(rows), len(columns)))
    return Program(
        int(np.searchsorted(columns, program.n_arcs)), matrix, program.row_lower[rows], program.row_upper[rows],
        program.lower[columns], program.upper[columns], tuple(program.labels[row] for row in rows.tolist()),
        tuple(replace(goal, cost=goal.cost[columns], constant=0, slack_amount=Fraction(0))
              for goal in program.objectives))
