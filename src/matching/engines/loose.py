"""Values for the columns that stand in linking rows only, once everything else is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engines.split import Split
from matching.problem.program import INFINITE, Int64


class _Row(NamedTuple):
    """``lower <= sum of coefficient * y[column] <= upper``; in Python's whole numbers."""

    terms: tuple[tuple[int, int], ...]
    lower: int
    upper: int


class _Box(NamedTuple):
    lower: list[int]
    upper: list[int]

    @property
    def empty(self) -> bool:
        return any(low > high for low, high in zip(self.lower, self.upper, strict=True))

    def tightened(self, rows: tuple[_Row, ...]) -> _Box:
        """Return the box with what the rows leave to each column alone, until nothing changes or it is empty."""
        box = _Box(self.lower.copy(), self.upper.copy())
        for _ in range(len(rows) * (len(box.lower) + 1)):
            before = _Box(box.lower.copy(), box.upper.copy())
            for row in rows:
                box.tighten(row)
            if box == before or box.empty:
                break
        return box

    def tighten(self, row: _Row) -> None:
        least = sum(c * (self.lower if c > 0 else self.upper)[j] for j, c in row.terms)
        most = sum(c * (self.upper if c > 0 else self.lower)[j] for j, c in row.terms)
        for j, c in row.terms:
            low, high = (self.lower[j], self.upper[j]) if c > 0 else (self.upper[j], self.lower[j])
            end, start = row.upper - (least - c * low), row.lower - (most - c * high)
            top, bottom = (end // c, -(-start // c)) if c > 0 else (start // c, -(-end // c))
            self.lower[j], self.upper[j] = max(self.lower[j], bottom), min(self.upper[j], top)


def settled(split: Split, x: Int64) -> Int64 | None:
    """Return values of the loose columns under which the linking rows hold, None where none were found.

    Each column in turn, those with a cost first, takes the cheapest value that the rows leave to it, and what that
    leaves to the others is worked out anew. That is exact where a row has a single loose column, and may miss values
    where several depend on each other.

    Parameters
    ----------
    x : int64, shape (n_columns,); loose columns are 0
    """
    rows = _rows(split, x)
    costs = [split.first_cost(column) for column in split.loose.tolist()]
    box = _Box(split.whole.lower[split.loose].tolist(), split.whole.upper[split.loose].tolist()).tightened(rows)
    for j in sorted(range(len(costs)), key=lambda j: not costs[j]):
        if box.empty:
            return None
        value = box.upper[j] if costs[j] < 0 else box.lower[j]
        box.lower[j] = box.upper[j] = value
        box = box.tightened(rows)
    return None if box.empty else np.array(box.lower, np.int64)


def _rows(split: Split, x: Int64) -> tuple[_Row, ...]:
    activity = (split.links @ x).tolist()
    coefficients = split.links[:, split.loose].toarray().tolist()
    rows = []
    for k, row in enumerate(split.linking.tolist()):
        lower, upper = int(split.whole.row_lower[row]), int(split.whole.row_upper[row])
        terms = tuple((j, c) for j, c in enumerate(coefficients[k]) if c)
        rows.append(_Row(terms, lower - activity[k] if lower > -INFINITE else -int(INFINITE) * 4,
                         upper - activity[k] if upper < INFINITE else int(INFINITE) * 4))
    return tuple(rows)
