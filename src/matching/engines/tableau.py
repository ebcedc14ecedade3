"""Sums of rows read off a basis: those that make one basic column, which should be whole, a fraction.

Row i of the basis' inverse says how many times each row of the program goes into basic column i. Often these are
fractions of a small divisor; their numerators are a sum that rounds to a cut (R. Gomory, 1958; as sums of rows modulo
a number, A. Caprara, M. Fischetti and A. Letchford, 2000). What is read in doubles only chooses the sum: the cut is
worked out in whole numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.engines.rounding import Combinations, Floats
from matching.problem.program import Int64

BROKEN = 1e-3
MOST_READ, FEW_READ = 150, 30
"""Rows of the inverse that are read: each takes as long as all rows are many, and of so many most are too long."""
MANY_ROWS = 20_000
MOST_TAKEN = 500
ZERO, WHOLE = 1e-9, 1e-6
DIVISORS = np.array([*range(2, 61), 64, 66, 70, 72, 75, 78, 80, 84, 90, 96, 100, 108, 120, 126, 132, 140, 144, 150, 156,
                     160, 168, 180, 192, 200, 210, 216, 240, 252, 264, 270, 280, 288, 300, 320, 330, 336, 360, 420, 480,
                     504, 540, 600, 630, 660, 720, 840, 1008, 1080, 1260, 1440, 1680, 2520, 5040])
"""Small numbers, then those that many numbers divide."""


def broken_sums(highs: Any, order: Int64) -> Combinations:
    """Return the sums that the optimal basis at hand in `highs` gives, of the columns most broken first.

    Parameters
    ----------
    order : int64, shape (n_rows,); the system's row that each row of `highs` is
    """
    found = [sum_ for place in _broken(highs) if (sum_ := _sum(np.asarray(highs.getBasisInverseRow(int(place))[1])))]
    number = np.repeat(np.arange(len(found)), [len(rows) for rows, _, _ in found])
    empty = np.zeros(0, np.int64)
    rows = np.concatenate([*(rows for rows, _, _ in found), empty])
    times = np.concatenate([*(times for _, times, _ in found), empty])
    return Combinations(number, order[rows], times, np.array([d for _, _, d in found], np.int64))


def _broken(highs: Any) -> Int64:
    """Return the places in the basis whose column, or row, is not whole."""
    if not highs.getNumNz():  # HiGHS 1.14 has no inverse then, and asking for it ends the process
        return np.zeros(0, np.int64)
    basic = np.asarray(highs.getBasicVariables()[1])
    solution = highs.getSolution()
    columns, rows = np.array(solution.col_value), np.array(solution.row_value)
    value = np.where(basic >= 0, columns[np.maximum(basic, 0)], rows[np.maximum(-basic - 1, 0)])
    broken = np.abs(value - np.rint(value))
    places = np.flatnonzero(broken > BROKEN)
    most = FEW_READ if len(basic) >= MANY_ROWS else MOST_READ
    return places[np.argsort(-broken[places], kind="stable")][:most]


def _sum(inverse: Floats) -> tuple[Int64, Int64, int] | None:
    """Return the rows, how many times each, and the divisor; None where no small divisor makes them whole."""
    rows = np.flatnonzero(np.abs(inverse) > ZERO)
    if len(rows) > MOST_TAKEN:
        return None
    scaled = inverse[rows] * DIVISORS[:, None]
    fitting = np.flatnonzero(np.abs(scaled - np.rint(scaled)).max(axis=1, initial=0) < WHOLE)
    if not len(fitting):
        return None
    divisor = int(DIVISORS[fitting[0]])
    times = np.rint(scaled[fitting[0]]).astype(np.int64) % divisor
    return (rows[times > 0], times[times > 0], divisor) if times.any() else None
