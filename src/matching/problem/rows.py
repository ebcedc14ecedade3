"""Gathers labelled rows and columns into one program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike
from scipy import sparse

from matching.problem.program import INFINITE, Int64, Objective, Program, RowLabel


def reduced(matrix: sparse.csr_array, lower: Int64, upper: Int64) -> tuple[sparse.csr_array, Int64, Int64]:
    """Return rows divided by their greatest common divisors, the bounds rounded to what whole x can meet."""
    matrix = sparse.csr_array(matrix, copy=True)
    matrix.eliminate_zeros()
    divisor = np.ones(matrix.shape[0], np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    divisor[filled] = np.gcd.reduceat(np.abs(matrix.data), matrix.indptr[filled])
    matrix.data = matrix.data // np.repeat(divisor, np.diff(matrix.indptr))
    return (matrix, np.where(lower <= -INFINITE, -INFINITE, -(-lower // divisor)),
            np.where(upper >= INFINITE, INFINITE, upper // divisor))


class Rows:
    """A program under construction: the arcs are columns 0 to `n_arcs` - 1, whole numbers from 0 to 1."""

    def __init__(self, n_arcs: int) -> None:
        self.n_arcs = n_arcs
        self._lower = [np.zeros(n_arcs, np.int64)]
        self._upper = [np.ones(n_arcs, np.int64)]
        self._columns = n_arcs
        self._blocks: list[sparse.csr_array] = []
        self._bounds: list[tuple[Int64, Int64]] = []
        self._labels: list[RowLabel] = []

    def add_columns(self, upper: ArrayLike, lower: ArrayLike = 0) -> Int64:
        """Add whole-number columns with those bounds and return their positions."""
        high = np.atleast_1d(np.asarray(upper, np.int64))
        self._upper.append(high)
        self._lower.append(np.broadcast_to(np.asarray(lower, np.int64), high.shape).copy())
        self._columns += len(high)
        return np.arange(self._columns - len(high), self._columns)

    def add_rows(self, rule: str, labels: Sequence[str], terms: Sequence[tuple[ArrayLike, ArrayLike, ArrayLike]],
                 lower: ArrayLike, upper: ArrayLike) -> None:
        """Add one row a label: the sum of ``values * columns`` over `terms`, each (rows, columns, values)."""
        n = len(labels)
        parts = [np.broadcast_arrays(*(np.atleast_1d(np.asarray(a)) for a in term)) for term in terms]
        row, column, value = (_joined([part[k] for part in parts], kind)
                              for k, kind in enumerate((np.int32, np.int32, np.int64)))
        block = sparse.coo_array((value, (row, column)), shape=(n, max(self._columns, 1))).tocsr()
        block.sum_duplicates()
        self._blocks.append(block)
        low, high = (np.broadcast_to(np.asarray(b, np.int64), n) for b in (lower, upper))
        self._bounds.append((low, high))
        self._labels.extend(RowLabel(rule, label) for label in labels)

    def _matrix(self) -> sparse.csr_array:
        """Return the rows, by plain joining: `sparse.vstack` would hold them twice more."""
        ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *(np.diff(b.indptr) for b in self._blocks)]))
        start = ends.astype(np.int32) if ends[-1] < 2**31 else ends
        data, indices = _joined([b.data for b in self._blocks], np.int64), [b.indices for b in self._blocks]
        return sparse.csr_array((data, _joined(indices, np.int32), start), shape=(len(start) - 1, self._columns))

    def program(self, objectives: Sequence[Objective]) -> Program:
        """Return the program; costs shorter than the columns are filled with zeros."""
        n = self._columns
        matrix = self._matrix()
        lower = np.concatenate([np.zeros(0, np.int64), *(low for low, _ in self._bounds)])
        upper = np.concatenate([np.zeros(0, np.int64), *(high for _, high in self._bounds)])
        return Program(self.n_arcs, matrix, lower, upper, np.concatenate(self._lower), np.concatenate(self._upper),
                       tuple(self._labels), tuple(_filled(o, n) for o in objectives))


def _joined(parts: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    joined = parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, kind), *parts])
    return joined.astype(kind, copy=False)


def _filled(objective: Objective, n: int) -> Objective:
    cost = np.zeros(n, np.int64)
    cost[:len(objective.cost)] = objective.cost
    return Objective(objective.name, cost, objective.sense, objective.constant, objective.slack_amount,
                     objective.slack_percent)


__all__ = ["INFINITE", "Rows"]
