"""Rows whose columns fall into a few classes of equal coefficients, and what whole class sums make of them.

A budget of 5 a seat here and 6 there is ``5 a + 6 b <= 5900``, however many columns a and b are sums of. Where the
goals held leave b no choice but 112, a is at most 1045, not the 1045.6 of a relaxation. No single column shows that;
the least and the most that the relaxation allows a sum to be do, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.rounding import Floats, sides_of
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

FEWEST_ENTRIES, MOST_CLASSES = 20, 6
MOST_ROWS = 20
WHOLE = PRICED = 1e-6
Reach = Callable[[Int64], Fraction | None]
"""The least that a sum of columns, given as a cost, can be; None where that is not known."""


class Sums(NamedTuple):
    """Rows ``matrix @ x >= lower`` that every whole x meets."""

    matrix: sparse.csr_array
    lower: Int64


class _Row(NamedTuple):
    """A row by classes: its coefficients, the columns of each, and the point's sum of each."""

    row: int
    coefficients: Int64
    columns: list[Int64]
    sums: Floats


def rounded_sums(system: System, x: Floats, prices: Floats, reach: Reach) -> Sums:
    """Return bounds of class sums that `x`, a point of the relaxation, does not meet.

    Parameters
    ----------
    prices : of the rows; one without a price would hold nothing better for being rounded
    reach : over the relaxation that `x` is a point of
    """
    found = [bound for row in _promising(system, x, prices) for bound in _bounds(system, row, reach)]
    lower = np.array([at_least for _, at_least in found], np.int64)
    if not found:
        return Sums(sparse.csr_array((0, system.n_columns), dtype=np.int64), lower)
    return Sums(sparse.csr_array(np.stack([direction for direction, _ in found])), lower)


def _promising(system: System, x: Floats, prices: Floats) -> list[_Row]:
    """Return the tight rows with a broken sum beside whole ones, the longest first."""
    length, slack = np.diff(system.matrix.indptr), sides_of(system, x).slack
    candidates = np.flatnonzero((length >= FEWEST_ENTRIES) & (slack < 1) & (np.abs(prices) > PRICED)
                                & (_largest(system.matrix) >= 2))
    rows = [_by_class(system, x, int(row)) for row in candidates[np.argsort(-length[candidates], kind="stable")]]
    return [row for row in rows if row is not None][:MOST_ROWS]


def _largest(matrix: sparse.csr_array) -> Int64:
    """Return the largest coefficient of each row by size, 0 of an empty one."""
    largest = np.zeros(matrix.shape[0], np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        largest[filled] = np.maximum.reduceat(np.abs(matrix.data), matrix.indptr[filled])
    return largest


def _by_class(system: System, x: Floats, row: int) -> _Row | None:
    part = slice(system.matrix.indptr[row], system.matrix.indptr[row + 1])
    columns, values = system.matrix.indices[part], system.matrix.data[part]
    coefficients, number = np.unique(values, return_inverse=True)
    if not 2 <= len(coefficients) <= MOST_CLASSES:
        return None
    sums: Floats = np.bincount(number, x[columns], len(coefficients)).astype(np.float64)
    broken = np.abs(sums - np.rint(sums)) > WHOLE
    if broken.sum() != 1:
        return None
    return _Row(row, coefficients, [columns[number == k] for k in range(len(coefficients))], sums)


def _bounds(system: System, row: _Row, reach: Reach) -> Iterator[tuple[Int64, int]]:
    """Yield each bound of the broken sum that the point does not meet, as a direction and the least along it."""
    broken = int(np.argmax(np.abs(row.sums - np.rint(row.sums))))
    value = int(row.coefficients[broken])
    for side, bound in ((1, int(system.row_upper[row.row])), (-1, -int(system.row_lower[row.row]))):
        if bound >= INFINITE:
            continue
        least = sum(_least(system, row.columns[k], side * int(coefficient), row.sums[k], reach)
                    for k, coefficient in enumerate(row.coefficients) if k != broken)
        most = (bound - least) // abs(value)
        sign = -1 if side * value > 0 else 1
        if sign * row.sums[broken] < -most - WHOLE:
            yield sign * _direction(system, row.columns[broken]), -most


def _least(system: System, columns: Int64, coefficient: int, at: float, reach: Reach) -> int:
    """Return the least that `coefficient` times the sum of some columns, which is at `at` now, can be."""
    sign = 1 if coefficient > 0 else -1
    box = sign * int((system.lower if sign > 0 else system.upper)[columns].sum())
    reached = None if sign * at < box + WHOLE else reach(sign * _direction(system, columns))
    return abs(coefficient) * (box if reached is None else max(box, math.ceil(reached)))


def _direction(system: System, columns: Int64) -> Int64:
    direction = np.zeros(system.n_columns, np.int64)
    direction[columns] = 1
    return direction
