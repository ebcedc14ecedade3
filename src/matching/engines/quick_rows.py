"""A program's rows as a quick plan reads them: plain counts, rows in which some arcs make room for others, sums.

Columns behind the arcs are written as what they count, so that every row is one over arcs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.exact import without_zeros
from matching.engines.system import rules_of_rows
from matching.problem.program import INFINITE, Int64, Program

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """``lower <= matrix @ arcs <= upper``; `rule` is the number of each row's rule."""

    matrix: sparse.csr_array
    lower: Int64
    upper: Int64
    rule: Int64

    def chosen(self, which: Mask) -> Rows:
        """Return some of them."""
        return Rows(self.matrix[np.flatnonzero(which)], self.lower[which], self.upper[which], self.rule[which])


@dataclass(frozen=True)
class SortedRows:
    """The rows by what a quick plan does with them.

    Attributes
    ----------
    counts : each arc counts once or not at all
    certain : of `counts`, those in which no column behind the arcs stands: they hold whatever these are
    mixed : bounded above, of rules that have arcs below zero: these, the helpers, make room for others
    sums : bounded above, nothing below zero
    helper : shape (n_arcs,)
    banned : shape (n_arcs,); arcs of rows that hold several arcs to each other: a quick plan has none of them
    definition : shape (n_columns - n_arcs, n_arcs); what the columns behind the arcs count
    """

    counts: Rows
    certain: Mask
    mixed: Rows
    sums: Rows
    helper: Mask
    banned: Mask
    definition: sparse.csr_array


def sorted_rows(program: Program) -> SortedRows | None:
    """Return the rows sorted, None where a column behind the arcs counts nothing, or an arc is no yes or no."""
    n = program.n_arcs
    defined = _definitions(program) if n else None
    if defined is None or program.lower[:n].any() or program.upper[:n].max(initial=0) > 1:
        return None
    definition = _counting(program, defined)
    rest = np.setdiff1d(np.arange(program.n_rows), defined)
    rows = _upwards(_over_arcs(program, rest, definition), program, rest)
    most, least = (side.toarray().reshape(-1) for side in (rows.matrix.max(axis=1), rows.matrix.min(axis=1)))
    counts = (least >= 0) & (most <= 1)
    held = ~counts & (rows.lower > -INFINITE)
    mixed = np.isin(rows.rule, rows.rule[~counts & ~held & (least < 0)]) & ~held & (rows.upper < INFINITE)
    counts &= ~mixed
    helper, banned = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    banned[rows.chosen(held).matrix.indices] = True
    links = rows.chosen(mixed).matrix
    helper[links.indices[links.data < 0]] = True
    behind = program.matrix[rest][:, n:]
    return SortedRows(rows.chosen(counts), (np.diff(behind.indptr) == 0)[counts], rows.chosen(mixed),
                      rows.chosen(~counts & ~held & ~mixed), helper & ~banned, banned, definition)


def definition_of(program: Program) -> sparse.csr_array | None:
    """Return which arcs each column behind them counts, shape (n_columns - n_arcs, n_arcs); None where one counts
    nothing."""
    rows = _definitions(program)
    return None if rows is None else _counting(program, rows)


def _counting(program: Program, rows: Int64) -> sparse.csr_array:
    return sparse.csr_array(program.matrix[rows][:, :program.n_arcs])


def with_counts(program: Program, definition: sparse.csr_array, arcs: Int64) -> Int64:
    """Return all columns of a plan: the arcs, and as much as the columns behind them may count."""
    return np.concatenate([arcs, np.minimum(definition @ arcs, program.upper[program.n_arcs:])])


def _definitions(program: Program) -> Int64 | None:
    """Return for each column behind the arcs a row that says that it is at most a sum of arcs; None where one has none.
    """
    matrix, n = program.matrix, program.n_arcs
    behind = np.flatnonzero(matrix.indices >= n)
    row = np.searchsorted(matrix.indptr, behind, side="right") - 1
    alone = (np.bincount(row, minlength=program.n_rows)[row] == 1) & (matrix.data[behind] == -1)
    fits = alone & (program.row_lower[row] == 0)
    found, first = np.unique(matrix.indices[behind[fits]], return_index=True)
    return row[fits][first] if len(found) == program.n_columns - n else None


def _over_arcs(program: Program, rows: Int64, definition: sparse.csr_array) -> sparse.csr_array:
    part = program.matrix[rows]
    arcs = part[:, :program.n_arcs]
    if program.n_columns > program.n_arcs:
        arcs = arcs + part[:, program.n_arcs:] @ definition
    return without_zeros(sparse.csr_array(arcs))


def _upwards(matrix: sparse.csr_array, program: Program, rows: Int64) -> Rows:
    """Return the rows with those turned round that are bounded below only and are no plain counts."""
    lower, upper = program.row_lower[rows], program.row_upper[rows]
    least = matrix.min(axis=1).toarray().reshape(-1)
    turned = (upper >= INFINITE) & (least < 0)
    sign = np.where(turned, -1, 1)
    signed = sparse.csr_array((matrix.data * np.repeat(sign, np.diff(matrix.indptr)), matrix.indices, matrix.indptr),
                              shape=matrix.shape)
    return Rows(signed, np.where(turned, -INFINITE, lower), np.where(turned, -lower, upper),
                rules_of_rows(program)[rows])
