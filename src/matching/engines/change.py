"""A program's bounds changed: teachers withdrawn, posts closed, pairs held or forbidden, a cap or a floor moved."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from matching.problem.program import Int64, Program

Mask = npt.NDArray[np.bool_]
_NONE = np.zeros(0, np.int64)


class Change(NamedTuple):
    """Other bounds for some columns and rows of a program, constants of which stay as they are.

    Attributes
    ----------
    columns, lower, upper : int64, in parallel; which columns, and between what they are now
    rows, row_lower, row_upper : int64, in parallel; which rows, and between what they are now, `INFINITE` for no bound
    """

    columns: Int64 = _NONE
    lower: Int64 = _NONE
    upper: Int64 = _NONE
    rows: Int64 = _NONE
    row_lower: Int64 = _NONE
    row_upper: Int64 = _NONE


def without(columns: Int64) -> Change:
    """Return the change that leaves nothing in `columns`, those of teachers who withdraw or of pairs forbidden."""
    zeros = np.zeros(len(columns), np.int64)
    return Change(np.asarray(columns, np.int64), zeros, zeros)


def changed(program: Program, change: Change) -> Program:
    """Return `program` with the bounds of `change`.

    Raises
    ------
    ValueError
        Where a bound is given for a column or row that the program has not, or a lower bound exceeds its upper one.
    """
    lower, upper = _put(change.columns, (program.lower, change.lower), (program.upper, change.upper))
    row_lower, row_upper = _put(change.rows, (program.row_lower, change.row_lower),
                                (program.row_upper, change.row_upper))
    return replace(program, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)


def between(before: Program, after: Program) -> Change | None:
    """Return the change that makes `after` of `before`; None where they differ in more than bounds."""
    if not _same_but_for_bounds(before, after):
        return None
    columns = np.flatnonzero((before.lower != after.lower) | (before.upper != after.upper))
    rows = np.flatnonzero((before.row_lower != after.row_lower) | (before.row_upper != after.row_upper))
    return Change(columns, after.lower[columns], after.upper[columns], rows, after.row_lower[rows],
                  after.row_upper[rows])


class Bounded(Protocol):
    """Anything with bounds of rows and columns."""

    @property
    def lower(self) -> Int64: ...

    @property
    def upper(self) -> Int64: ...

    @property
    def row_lower(self) -> Int64: ...

    @property
    def row_upper(self) -> Int64: ...


def tightens(before: Bounded, after: Bounded) -> bool:
    """Tell whether every x of `after` is one of `before`, by their bounds alone."""
    return tighter_columns(before, after) and not looser_rows(before, after).any()


def tighter_columns(before: Bounded, after: Bounded) -> bool:
    """Tell whether no column has a looser bound in `after`."""
    return bool(np.all(after.lower >= before.lower) and np.all(after.upper <= before.upper))


def looser_rows(before: Bounded, after: Bounded) -> Mask:
    """Tell of each row whether it has a looser bound in `after`."""
    return (after.row_lower < before.row_lower) | (after.row_upper > before.row_upper)


def _same_but_for_bounds(before: Program, after: Program) -> bool:
    """Tell whether two programs have the same coefficients and goals."""
    if (before.n_arcs, before.matrix.shape, before.matrix.nnz) != (after.n_arcs, after.matrix.shape, after.matrix.nnz):
        return False
    first, second = before.objectives, after.objectives
    return not (before.matrix != after.matrix).nnz and len(first) == len(second) and all(
        replace(one, cost=_NONE) == replace(other, cost=_NONE) and np.array_equal(one.cost, other.cost)
        for one, other in zip(first, second, strict=True))


def _put(places: Int64, *pairs: tuple[Int64, Int64]) -> list[Int64]:
    found = []
    for old, new in pairs:
        if len(new) != len(places) or np.any(places < 0) or np.any(places >= len(old)):
            raise ValueError("a change gives bounds to what the program has not")
        bounds = old.copy()
        bounds[places] = new
        found.append(bounds)
    if np.any(found[0] > found[1]):
        raise ValueError("a change gives a lower bound above the upper one")
    return found
