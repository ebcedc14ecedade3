"""What linking rows ask of the parts together, free of the columns that stand in linking rows only.

A share of all placements is two rows joined by a whole number K, ``placed <= 5 K`` and ``K <= backbone``. No part owns
K; eliminated (Fourier-Motzkin, in whole numbers) it leaves ``placed - 5 backbone <= 0``, in which each part has a say.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, gcd
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.exact import EXACT_IN_INT64
from matching.engines.split import Split
from matching.problem.program import INFINITE, Int64, RowLabel

Floats = npt.NDArray[np.float64]
MOST_ROWS = 64
WHOLE = 1e-6
"""How far a relaxation's number may be from a whole one and be taken for it."""


class Couplings(NamedTuple):
    """``matrix @ x <= upper``, where loose columns count for nothing.

    Attributes
    ----------
    matrix : sparse.csr_array of int64, shape (n, n_columns of the whole program)
    weights : int64, shape (n, n_linking); which linking rows each was made of
    labels : the label of the first of those
    """

    matrix: sparse.csr_array
    upper: Int64
    weights: Int64
    labels: tuple[RowLabel, ...]


class _Row(NamedTuple):
    """``weights @ links + loose @ y <= upper``, in Python's whole numbers."""

    weights: tuple[int, ...]
    loose: tuple[int, ...]
    upper: int


def couplings(split: Split, x: Floats) -> Couplings:
    """Return what the linking rows ask of the parts together.

    Parameters
    ----------
    x : shape (n_columns,), a fractional solution; loose columns with a cost (what a soft rule falls short) keep its
        value, rounded to the side that costs more and binds less
    """
    rows = _one_sided(split, _fixed(split, x))
    for column in range(len(split.loose)):
        if len(rows) <= MOST_ROWS:
            rows = _without(rows, column)
    kept = dict.fromkeys(row for row in rows if any(row.weights) and not any(row.loose))
    return _binding_somewhere(split, _stated(split, list(kept)))


def _fixed(split: Split, x: Floats) -> dict[int, int]:
    """Return the values of those loose columns, by position among them, that cost anything."""
    values: dict[int, int] = {}
    for k, column in enumerate(split.loose.tolist()):
        cost = split.first_cost(column)
        if cost:
            values[k] = ceil(x[column] - WHOLE) if cost > 0 else floor(x[column] + WHOLE)
    return values


def _one_sided(split: Split, fixed: dict[int, int]) -> list[_Row]:
    whole, n_links, n_loose = split.whole, len(split.linking), len(split.loose)
    loose = split.links[:, split.loose].toarray().tolist()
    rows = []
    for k, row in enumerate(split.linking.tolist()):
        taken = sum(loose[k][j] * value for j, value in fixed.items())
        free = tuple(0 if j in fixed else c for j, c in enumerate(loose[k]))
        if whole.row_upper[row] < INFINITE:
            rows.append(_Row(_unit(n_links, k, 1), free, int(whole.row_upper[row]) - taken))
        if whole.row_lower[row] > -INFINITE:
            rows.append(_Row(_unit(n_links, k, -1), tuple(-c for c in free), taken - int(whole.row_lower[row])))
    for j, column in enumerate(split.loose.tolist()):
        if j not in fixed:
            rows.append(_Row((0,) * n_links, _unit(n_loose, j, 1), int(whole.upper[column])))
            rows.append(_Row((0,) * n_links, _unit(n_loose, j, -1), -int(whole.lower[column])))
    return rows


def _unit(n: int, at: int, value: int) -> tuple[int, ...]:
    return tuple(value if k == at else 0 for k in range(n))


def _without(rows: Sequence[_Row], column: int) -> list[_Row]:
    """Eliminate one column: each row that holds it down is added to each that holds it up."""
    down = [row for row in rows if row.loose[column] > 0]
    up = [row for row in rows if row.loose[column] < 0]
    added = [_sum(a, -b.loose[column], b, a.loose[column]) for a in down for b in up]
    return [*(row for row in rows if not row.loose[column]), *added]


def _sum(a: _Row, times: int, b: _Row, other: int) -> _Row:
    divisor = gcd(times, other)
    times, other = times // divisor, other // divisor
    return _Row(tuple(times * v + other * w for v, w in zip(a.weights, b.weights, strict=True)),
                tuple(times * v + other * w for v, w in zip(a.loose, b.loose, strict=True)),
                times * a.upper + other * b.upper)


def _stated(split: Split, rows: Sequence[_Row]) -> Couplings:
    """Return the rows over columns, divided by their greatest common divisors."""
    largest = max(1, int(abs(split.links).sum(axis=1).max())) if len(split.linking) else 1
    rows = [row for row in rows if sum(map(abs, row.weights)) * largest < EXACT_IN_INT64]
    weights = np.array([row.weights for row in rows], np.int64).reshape(len(rows), len(split.linking))
    links = split.links.copy()
    links.data[split.part_of[links.indices] < 0] = 0
    matrix = sparse.csr_array(sparse.csr_array(weights) @ links)
    matrix.eliminate_zeros()
    divisors = [int(np.gcd.reduce(matrix.data[a:b], initial=0)) or 1
                for a, b in zip(matrix.indptr, matrix.indptr[1:], strict=False)]
    matrix.data = matrix.data // np.repeat(divisors, np.diff(matrix.indptr))
    upper = np.array([row.upper // d for row, d in zip(rows, divisors, strict=True)], np.int64)
    labels = tuple(split.whole.labels[split.linking[np.flatnonzero(row)[0]]] for row in weights)
    return Couplings(matrix, upper, weights, labels)


def _binding_somewhere(split: Split, found: Couplings) -> Couplings:
    """Leave out what the columns' bounds alone keep to."""
    whole = split.whole
    most = found.matrix.maximum(0) @ whole.upper + found.matrix.minimum(0) @ whole.lower
    return chosen(found, np.flatnonzero(most > found.upper))


def with_goals(found: Couplings, costs: Sequence[Int64], limits: Sequence[int]) -> Couplings:
    """Return the couplings, and each goal that has a limit as a further one: ``costs[k] @ x <= limits[k]``."""
    if not limits:
        return found
    rows = sparse.csr_array(np.array(costs[:len(limits)]))
    none = np.zeros((len(limits), found.weights.shape[1]), np.int64)
    return Couplings(sparse.csr_array(sparse.vstack([found.matrix, rows], format="csr")), np.r_[found.upper, limits],
                     np.vstack([found.weights, none]), found.labels)


def of_parts(split: Split, found: Couplings) -> list[sparse.csr_array]:
    """Return the couplings over the columns of each part, each shape (n couplings, its n_columns)."""
    by_column = found.matrix.tocsc()
    return [sparse.csr_array(by_column[:, part.columns]) for part in split.parts]


def chosen(found: Couplings, which: Int64) -> Couplings:
    """Return those at the positions `which`."""
    return Couplings(found.matrix[which], found.upper[which], found.weights[which],
                     tuple(found.labels[k] for k in which.tolist()))
