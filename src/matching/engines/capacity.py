"""Rows in which whole units of capacity let people in, and the cuts that hold between the units and the seats.

A row ``a (x_1 + ... + x_n) <= c + q K``, with K a whole number of units, lets a relaxation buy fractions of a unit: 17
placed teachers ask for 3.4 backbone teachers instead of 4. Let S be some of the seats, H how many they are and u how
many of them stay empty. Then ``q K + a u >= a H - c =: D``, and mixed-integer rounding gives, with ``R = D mod q`` (q
where that is 0) and ``m = min(a, R)``,

    R K + m u >= R ceil(D / q).

These are the residual capacity inequalities (T. Magnanti, P. Mirchandani, R. Vachani, "The convex hull of two core
capacitated network design problems", 1993). For a row "at most two teachers, or else one of them backbone" K counts
backbone teachers who take seats themselves; there ``q (K outside S) + (q + a) (K in S) + a u >= D``, and where one unit
is enough (``D <= q``) no coefficient needs to exceed D: three of whichever seats are filled call for one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Cells(NamedTuple):
    """What a capacity row and one set of seats have in common, how many seats those are, and which; by row."""

    row: Int64
    room: Int64
    seats: Int64


class Entries(NamedTuple):
    """The columns of the capacity rows, in parallel: `cell` is -1 for units of capacity that take no seat."""

    row: Int64
    column: Int64
    cell: Int64
    is_unit: Mask


class Capacities(NamedTuple):
    """The capacity rows of a system: `divisor` q, `factor` a and `constant` c of each, and which of `n_rows` it is."""

    divisor: Int64
    factor: Int64
    constant: Int64
    overlapping: Mask
    cells: Cells
    entries: Entries
    number: Int64
    n_rows: int


class Separated(NamedTuple):
    """Cuts ``matrix @ x >= lower``, and of each the rows of the system that it is made of."""

    matrix: sparse.csr_array
    lower: Int64
    made_of: list[Int64]


def capacities_of(system: System) -> Capacities:
    """Return the rows of `system` that have the form the cuts are for."""
    rows, constant, number = _at_most(system)
    length = np.diff(rows.indptr)
    factor = _one_value(np.maximum(rows.data, 0), rows.indptr)
    divisor = _one_value(np.maximum(-rows.data, 0), rows.indptr)
    kept = np.flatnonzero((factor > 0) & (divisor > factor) & (length > 1))
    part = rows[kept]
    row = np.repeat(np.arange(len(kept)), np.diff(part.indptr))
    entries, cells = _cells(row, part.indices.astype(np.int64), part.data < 0, seats_of(system))
    overlapping = np.zeros(len(kept), np.bool_)
    overlapping[entries.row[entries.is_unit & (entries.cell >= 0)]] = True
    return Capacities(divisor[kept], factor[kept], constant[kept], overlapping, cells, entries, number[kept],
                      system.n_rows)


def seats_of(system: System) -> tuple[Int64, Int64]:
    """Return for each column the set of seats that it takes, and for each set how many there are.

    The sets are the rows ``sum of columns <= upper``, each column in its shortest one; a column in none is a set of
    its own, after the rows, and has its own upper bound.
    """
    matrix = system.matrix
    length = np.diff(matrix.indptr)
    sums = np.ones(system.n_rows, np.bool_)
    no_seat = (matrix.data != 1) | (system.lower[matrix.indices] < 0)
    sums[np.repeat(np.arange(system.n_rows), length)[no_seat]] = False
    packing = np.flatnonzero(sums & (system.row_upper < INFINITE) & (length > 1))
    longest_first = packing[np.argsort(-length[packing], kind="stable")]
    part = matrix[longest_first]
    taken = system.n_rows + np.arange(system.n_columns)
    taken[part.indices] = np.repeat(longest_first, np.diff(part.indptr))
    return taken, np.concatenate([system.row_upper, system.upper])


def separate(capacities: Capacities, x: Floats, least: float) -> Separated:
    """Return at most one cut a row that `x` violates by at least `least`.

    Of the sets of seats, ordered by the share of them that stays empty, S is the first few: as many as violate most.
    """
    cells, entries = capacities.cells, capacities.entries
    inside = entries.cell >= 0
    held = np.bincount(entries.cell[inside], x[entries.column[inside]], len(cells.row))
    n_rows = len(capacities.divisor)
    units = np.bincount(entries.row[entries.is_unit], x[entries.column[entries.is_unit]], n_rows)
    empty = np.maximum(cells.room - held, 0.0)
    order = np.lexsort((empty / np.maximum(cells.room, 1), cells.row))
    row = cells.row[order]
    n_seats = np.rint(_running(cells.room[order].astype(np.float64), row)).astype(np.int64)
    cut = _rounded(capacities, row, n_seats)
    violation = cut.lower - cut.rest * units[row] - cut.weight * (_running(empty[order], row) - n_seats)
    length = np.sqrt(np.maximum(cut.rest**2.0 + cut.weight**2.0 * n_seats, 1.0))
    best = _best_of_each(np.where(cut.holds & (violation >= least), violation / length, 0.0), row)
    last = np.full(n_rows, -1)
    last[row[best]] = best
    chosen = np.zeros(len(row), np.bool_)
    chosen[order] = np.arange(len(row)) <= last[row]
    return Separated(_written(capacities, chosen, row[best], cut.at(best), len(x)), cut.lower[best],
                     _made_of(capacities, chosen, row[best]))


class _Rounded(NamedTuple):
    """The cuts of some sets of seats: ``rest K - weight (people in S) >= lower``, where it holds."""

    rest: Int64
    weight: Int64
    lower: Int64
    holds: Mask

    def at(self, places: Int64) -> _Rounded:
        return _Rounded(self.rest[places], self.weight[places], self.lower[places], self.holds[places])


def _rounded(capacities: Capacities, row: Int64, n_seats: Int64) -> _Rounded:
    """Return the cut of each row for so many seats."""
    factor, divisor = capacities.factor[row], capacities.divisor[row]
    demand = factor * n_seats - capacities.constant[row]
    calls = -(-demand // divisor)
    rest = demand - divisor * (calls - 1)
    weight = np.minimum(factor, rest)
    return _Rounded(rest, weight, rest * calls - weight * n_seats,
                    (calls > 0) & ~(capacities.overlapping[row] & (calls > 1)))


def _written(capacities: Capacities, chosen: Mask, rows: Int64, cuts: _Rounded, n_columns: int) -> sparse.csr_array:
    """Write the cuts of `rows`: R for units of capacity, and m less for all that takes one of the chosen seats."""
    entries = capacities.entries
    number = np.full(len(capacities.divisor), -1)
    number[rows] = np.arange(len(rows))
    used = np.flatnonzero(number[entries.row] >= 0)
    cut, cell = number[entries.row[used]], entries.cell[used]
    inside = np.append(chosen, False)[cell]
    value = cuts.rest[cut] * entries.is_unit[used] - cuts.weight[cut] * inside
    matrix = sparse.csr_array((value, (cut, entries.column[used])), shape=(len(rows), n_columns))
    matrix.eliminate_zeros()
    return matrix


def _made_of(capacities: Capacities, chosen: Mask, rows: Int64) -> list[Int64]:
    """Return for each of `rows` its number in the system, and those of the rows that count the seats chosen of it."""
    cells, n_rows = capacities.cells, capacities.n_rows
    rowed = np.flatnonzero(chosen & (cells.seats < n_rows))
    first, last = np.searchsorted(cells.row[rowed], rows), np.searchsorted(cells.row[rowed], rows, "right")
    return [np.append(capacities.number[row], cells.seats[rowed[a:b]])
            for row, a, b in zip(rows, first, last, strict=True)]


def _at_most(system: System) -> tuple[sparse.csr_array, Int64, Int64]:
    """Return every row as ``row @ x <= constant``, once for each side that it has, and which row of the system it is.

    Rows that may be negative are left out.
    """
    matrix = system.matrix
    below, above = system.row_upper < INFINITE, system.row_lower > -INFINITE
    can_be_negative = (abs(matrix) @ (system.lower < 0)) > 0
    first, second = np.flatnonzero(below & ~can_be_negative), np.flatnonzero(above & ~can_be_negative)
    rows = sparse.csr_array(sparse.vstack([matrix[first], -matrix[second]], format="csr"))
    return rows, np.concatenate([system.row_upper[first], -system.row_lower[second]]), np.concatenate([first, second])


def _one_value(data: Int64, start: npt.NDArray[np.int32]) -> Int64:
    """Return the one value above 0 that each row has, 0 where it has none or several."""
    n_rows = len(start) - 1
    row = np.repeat(np.arange(n_rows), np.diff(start))
    some = data > 0
    largest, smallest = np.zeros(n_rows, np.int64), np.full(n_rows, INFINITE)
    np.maximum.at(largest, row[some], data[some])
    np.minimum.at(smallest, row[some], data[some])
    return np.where(largest == smallest, largest, 0)


def _cells(row: Int64, column: Int64, is_unit: Mask, seats: tuple[Int64, Int64]) -> tuple[Entries, Cells]:
    taken, count = seats
    pair = row * np.int64(len(count)) + taken[column]
    cells = np.unique(pair[~is_unit])
    at = np.searchsorted(cells, pair)
    found = np.append(cells, -1)[at] == pair
    of = cells % len(count)
    return Entries(row, column, np.where(found, at, -1), is_unit), Cells(cells // len(count), count[of], of)


def _running(values: Floats, row: Int64) -> Floats:
    """Return the sums of `values` up to each place within its row; rows are ordered."""
    total = np.cumsum(values)
    return np.asarray(total - np.append(0.0, total)[np.searchsorted(row, row)], np.float64)


def _best_of_each(depth: Floats, row: Int64) -> Int64:
    """Return the place of the largest depth of each row, of those rows where it is positive."""
    order = np.lexsort((-depth, row))
    first = order[np.unique(row[order], return_index=True)[1]]
    return np.asarray(first[depth[first] > 0], np.int64)
