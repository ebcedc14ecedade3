"""Gathers labelled rows and columns into one program."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from matching.problem.program import INFINITE, Int32, Int64, Objective, Program, RowLabel


class Rows:
    """A program under construction: the arcs are columns 0 to `n_arcs` - 1, whole numbers from 0 to 1."""

    def __init__(self, n_arcs: int) -> None:
        self.n_arcs = n_arcs
        self._lower = [np.zeros(n_arcs, np.int64)]
        self._upper = [np.ones(n_arcs, np.int64)]
        self._columns = n_arcs
        self._terms: list[tuple[Int32, Int32, Int64]] = []
        self._n_rows = 0
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
        for row, column, value in terms:
            parts = np.broadcast_arrays(*(np.atleast_1d(np.asarray(a)) for a in (row, column, value)))
            self._terms.append((parts[0].astype(np.int32) + np.int32(self._n_rows), parts[1].astype(np.int32),
                                parts[2].astype(np.int64)))
        self._n_rows += n
        low, high = (np.broadcast_to(np.asarray(b, np.int64), n) for b in (lower, upper))
        self._bounds.append((low, high))
        self._labels.extend(RowLabel(rule, label) for label in labels)

    def program(self, objectives: Sequence[Objective]) -> Program:
        """Return the program; costs shorter than the columns are filled with zeros."""
        n = self._columns
        row, column, value = (np.concatenate([np.zeros(0, kind), *(term[k] for term in self._terms)])
                              for k, kind in enumerate((np.int32, np.int32, np.int64)))
        matrix = sparse.coo_array((value, (row, column)), shape=(self._n_rows, n)).tocsr()
        matrix.sum_duplicates()
        lower = np.concatenate([np.zeros(0, np.int64), *(low for low, _ in self._bounds)])
        upper = np.concatenate([np.zeros(0, np.int64), *(high for _, high in self._bounds)])
        return Program(self.n_arcs, matrix, lower, upper, np.concatenate(self._lower), np.concatenate(self._upper),
                       tuple(self._labels), tuple(_filled(o, n) for o in objectives))


def _filled(objective: Objective, n: int) -> Objective:
    cost = np.zeros(n, np.int64)
    cost[:len(objective.cost)] = objective.cost
    return Objective(objective.name, cost, objective.sense, objective.constant, objective.slack_amount,
                     objective.slack_percent)


__all__ = ["INFINITE", "Rows"]
