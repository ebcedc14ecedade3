"""Cuts by rounding: what whole numbers add to a sum of rows.

Take whole multiples p of rows ``a x + s = b``, each with its slack s, and a divisor q. Every column is counted from
the bound that it is near: then all that is in ``sum c_j x_j + sum p_i s_i = beta`` is whole and not negative, and with
``r = beta mod q > 0`` and ``F(c) = (q - r) floor(c / q) + max(0, c mod q - r)``

    sum F(c_j) x_j + sum F(p_i) s_i <= (q - r) floor(beta / q)

holds for every plan: mixed-integer rounding (G. Nemhauser and L. Wolsey, 1990), in whole numbers throughout, so that no
tolerance can make a cut false. With q = 2 it is a zero-half cut.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
VIOLATED = 0.02
"""How far beyond a cut a point must be, in Euclidean distance, for the cut to be worth a row."""
MOST_CUTS = 100
MOST_ENTRIES = 1000
LARGEST = 100_000
"""Cuts with larger numbers are left to nobody: a solver in doubles would treat them roughly."""
EXACT = 2.0**53
ALIKE = 0.9
"""Two cuts whose directions have a larger cosine say much the same."""


class Combinations(NamedTuple):
    """Sums of rows: sum `number` takes row `row` of the system `times` over, in parallel; `divisor` is one a sum."""

    number: Int64
    row: Int64
    times: Int64
    divisor: Int64


class Cuts(NamedTuple):
    """Rows ``matrix @ x >= lower`` that every whole x of a system meets, and of which sum each was made."""

    matrix: sparse.csr_array
    lower: Int64
    number: Int64


class Sides(NamedTuple):
    """Of each row the side that a point is nearest to, ``sign * (row @ x) <= bound``, and its slack; inf for none."""

    sign: Int64
    bound: Int64
    slack: Floats


class Nearest(NamedTuple):
    """Of each column the bound that a point is nearest to, and how far it is from it."""

    is_upper: Mask
    bound: Int64
    distance: Floats


def sides_of(system: System, x: Floats) -> Sides:
    """Return the side of each row that `x` is nearest to."""
    activity = system.matrix @ x
    above = np.where(system.row_upper < INFINITE, system.row_upper - activity, np.inf)
    below = np.where(system.row_lower > -INFINITE, activity - system.row_lower, np.inf)
    upper = above <= below
    return Sides(np.where(upper, 1, -1), np.where(upper, system.row_upper, -system.row_lower),
                 np.maximum(np.where(upper, above, below), 0.0))


def nearest_of(system: System, x: Floats) -> Nearest:
    """Return the bound of each column that `x` is nearest to."""
    above, below = system.upper - x, x - system.lower
    is_upper = above < below
    return Nearest(is_upper, np.where(is_upper, system.upper, system.lower),
                   np.maximum(np.where(is_upper, above, below), 0.0))


def joined(first: Combinations, second: Combinations) -> Combinations:
    """Return the sums of both, the first ones first."""
    return Combinations(np.append(first.number, second.number + len(first.divisor)), np.append(first.row, second.row),
                        np.append(first.times, second.times), np.append(first.divisor, second.divisor))


def rows_of(sums: Combinations, which: Int64) -> list[Int64]:
    """Return the rows that each of `which` sums takes."""
    order = np.argsort(sums.number, kind="stable")
    first, last = np.searchsorted(sums.number[order], which), np.searchsorted(sums.number[order], which, "right")
    return [sums.row[order[a:b]] for a, b in zip(first, last, strict=True)]


def cuts_of(system: System, x: Floats, combinations: Combinations) -> Cuts:
    """Return the cuts that the sums give and that `x` violates, the deepest first, none twice.

    A sum that takes a row without bounds gives none.
    """
    sides = sides_of(system, x)
    unbounded = np.bincount(combinations.number, ~np.isfinite(sides.slack[combinations.row]), len(combinations.divisor))
    usable = np.flatnonzero(unbounded == 0)
    if not len(usable):
        return Cuts(sparse.csr_array((0, system.n_columns), dtype=np.int64), *np.zeros((2, 0), np.int64))
    cuts = _rounded(system, _chosen(combinations, usable), sides, nearest_of(system, x))
    deepest = _deepest(cuts, x)
    return Cuts(cuts.matrix[deepest], cuts.lower[deepest], usable[cuts.number[deepest]])


def _chosen(combinations: Combinations, which: Int64) -> Combinations:
    place = np.full(len(combinations.divisor), -1)
    place[which] = np.arange(len(which))
    number = place[combinations.number]
    kept = number >= 0
    return Combinations(number[kept], combinations.row[kept], combinations.times[kept], combinations.divisor[which])


def _rounded(system: System, sums: Combinations, sides: Sides, nearest: Nearest) -> Cuts:
    """Return each sum's cut, violated or not, where there is one that a solver can work with."""
    n = len(sums.divisor)
    rows, place = np.unique(sums.row, return_inverse=True)
    turned = system.matrix[rows]
    turned.data = turned.data * np.repeat(sides.sign[rows], np.diff(turned.indptr))
    times = (sums.times * sides.sign[sums.row]) % sums.divisor[sums.number]
    total = _times(times, sums.number, place, turned, n)
    entry = np.repeat(np.arange(n), np.diff(total.indptr))
    bound, upper = nearest.bound[total.indices], nearest.is_upper[total.indices]
    beta = _summed(times * sides.bound[sums.row], sums.number, n) - _summed(total.data * bound, entry, n)
    rest = beta % sums.divisor
    rounded = _rounding(np.where(upper, -total.data, total.data), sums.divisor[entry], rest[entry])
    coefficient = np.where(upper, -rounded, rounded)
    slack = _rounding(times, sums.divisor[sums.number], rest[sums.number])
    slack[system.row_lower[sums.row] == system.row_upper[sums.row]] = 0
    most = ((sums.divisor - rest) * (beta // sums.divisor) + _summed(coefficient * bound, entry, n)
            - _summed(slack * sides.bound[sums.row], sums.number, n))
    whole = sparse.csr_array((coefficient, total.indices, total.indptr), shape=total.shape)
    matrix = sparse.csr_array(_times(slack, sums.number, place, turned, n) - whole)
    matrix.eliminate_zeros()
    return _reduced(Cuts(matrix, -most, np.arange(n)), (rest > 0) & _is_exact(total, times, sums))


def _times(times: Int64, number: Int64, place: Int64, part: sparse.csr_array, n: int) -> sparse.csr_array:
    return sparse.csr_array(sparse.csr_array((times, (number, place)), shape=(n, part.shape[0])) @ part)


def _summed(values: Int64, number: Int64, n: int) -> Int64:
    total = np.zeros(n, np.int64)
    np.add.at(total, number, values)
    return total


def _rounding(value: Int64, divisor: Int64, rest: Int64) -> Int64:
    """Return F of the module's text."""
    return np.asarray((divisor - rest) * (value // divisor) + np.maximum(0, value % divisor - rest), np.int64)


def _is_exact(total: sparse.csr_array, times: Int64, sums: Combinations) -> Mask:
    """Tell which sums are so small that nothing made of them can overflow."""
    n = len(sums.divisor)
    entry = np.repeat(np.arange(n), np.diff(total.indptr))
    size = np.bincount(entry, np.abs(total.data.astype(np.float64)), n)
    return np.asarray((size + np.bincount(sums.number, times.astype(np.float64), n)) * sums.divisor < EXACT)


def _reduced(cuts: Cuts, right: Mask) -> Cuts:
    """Divide each cut by its greatest common divisor, and keep those that are `right` and not too large."""
    length = np.diff(cuts.matrix.indptr)
    kept = np.flatnonzero(right & (length > 0) & (length <= MOST_ENTRIES))
    if not len(kept):
        return Cuts(cuts.matrix[kept], cuts.lower[kept], kept)
    matrix = cuts.matrix[kept]
    divisor = np.gcd.reduceat(np.abs(matrix.data), matrix.indptr[:-1])
    matrix.data = matrix.data // np.repeat(divisor, np.diff(matrix.indptr))
    small = np.flatnonzero(np.maximum.reduceat(np.abs(matrix.data), matrix.indptr[:-1]) <= LARGEST)
    return Cuts(matrix[small], -(-cuts.lower[kept] // divisor)[small], kept[small])


def _deepest(cuts: Cuts, x: Floats) -> Int64:
    """Return the places of the cuts that `x` violates most, none that points where a deeper one points."""
    unit = cuts.matrix.astype(np.float64)
    length = np.sqrt(np.asarray((unit * unit).sum(axis=1)).reshape(-1))
    depth = (cuts.lower - unit @ x) / length
    first = np.flatnonzero(depth >= VIOLATED)
    first = first[np.argsort(-depth[first], kind="stable")][:4 * MOST_CUTS]
    direction = sparse.csr_array(sparse.diags_array(1 / length[first]) @ unit[first])
    alike = (direction @ direction.T).toarray() > ALIKE
    kept: list[int] = []
    for place in range(len(first)):
        if len(kept) < MOST_CUTS and not alike[place, kept].any():
            kept.append(place)
    return np.asarray(first[kept], np.int64)
