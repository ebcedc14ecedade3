"""What is so of many at once: each distinct value once, and who has which."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LARGEST = 2**62


class Values(NamedTuple):
    """`values`, and for each of many the place of its own among them: `codes` is int64 of shape (n,)."""

    values: Sequence[Any]
    codes: Ints

    def map(self, change: Callable[[Any], Any]) -> Values:
        """Return the column with every value changed; `change` is asked once a value."""
        return Values([change(value) for value in self.values], self.codes)

    def each(self) -> list[Any]:
        """Return the value of each of the many."""
        return [self.values[code] for code in self.codes.tolist()]

    def only(self, which: Ints | Flags) -> Values:
        """Return the column of those that are flagged, or at some places."""
        return Values(self.values, self.codes[which])

    def given(self) -> Flags:
        """Tell of each whether it has a value."""
        return np.array([value is not None for value in self.values], np.bool_)[self.codes]

    def array(self, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        """Return the value of each of the many as an array of a `kind`."""
        return np.array(self.values, kind)[self.codes]

    def times(self) -> list[tuple[Any, int]]:
        """Return how many have each value."""
        return list(zip(self.values, np.bincount(self.codes, minlength=len(self.values)).tolist(), strict=True))


def coded(values: Iterable[Hashable]) -> Values:
    """Return values as a column, each distinct one once, in the order in which they come."""
    every = list(values)
    distinct = tuple(dict.fromkeys(every))
    place = dict(zip(distinct, range(len(distinct)), strict=True))
    return Values(distinct, np.fromiter(map(place.__getitem__, every), np.int64, len(every)))


def numbered(numbers: Ints | Flags) -> Values:
    """Return numbers as a column."""
    values, codes = np.unique(numbers, return_inverse=True)
    return Values(values.tolist(), codes)


def always(value: Any, many: int) -> Values:
    """Return a column of one value."""
    return Values((value,), np.zeros(many, np.int64))


def classes(many: int, looks: Iterable[Ints]) -> tuple[Ints, Ints]:
    """Return the first of each class of those alike in all `looks`, and the class of each of the `many`.

    Classes are in the order of their firsts. Looks are codes from 0.
    """
    joined, size = np.zeros(many, np.int64), 1
    for look in looks:
        width = int(look.max(initial=0)) + 1
        if size > LARGEST // width:
            joined = np.unique(joined, return_inverse=True)[1]
            size = many
        joined, size = joined * width + look, size * width
    first, codes = _dense(joined, size) if size <= 4 * many else np.unique(
        joined, return_index=True, return_inverse=True)[1:]
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return first[order], rank[codes]


def _dense(joined: Ints, size: int) -> tuple[Ints, Ints]:
    """Return the first of each code that occurs, and for each the place of its code; without sorting."""
    first = np.full(size, -1, np.int64)
    first[joined[::-1]] = np.arange(len(joined))[::-1]
    there = first >= 0
    return first[there], (np.cumsum(there) - 1)[joined]
