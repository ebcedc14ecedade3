"""Who belongs to which group, of many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from matching.audit.values import Flags, Ints, Values, classes

Key = tuple[str, ...]
NOWHERE = -1


class Members(NamedTuple):
    """`which[k]` belongs to the group at the place `group[k]`, rising in the former: int64 of shape (n,) each."""

    group: Ints
    which: Ints

    def only(self, flags: Flags) -> Members:
        """Return those that are flagged."""
        return Members(self.group[flags], self.which[flags])

    def sums(self, amounts: Ints, n_groups: int) -> Ints:
        """Return what the members of each group amount to; `amounts` is by what `which` counts."""
        total = np.zeros(n_groups, np.int64)
        np.add.at(total, self.group, amounts[self.which])
        return total

    def many(self, n_groups: int) -> Ints:
        """Return how many members each group has."""
        return np.bincount(self.group, minlength=n_groups)

    def split(self, n_groups: int) -> Sequence[Ints]:
        """Return the members of each group."""
        order = np.argsort(self.group, kind="stable")
        return np.split(self.which[order], np.cumsum(self.many(n_groups))[:-1])


def members(column: Values, rows: Ints, place: Mapping[Key, int]) -> Members:
    """Return which of some rows belong to the groups at a `place`; `column` has the keys of each row's groups."""
    size = np.fromiter(map(len, column.values), np.int64, len(column.values))
    at = np.array([place.get(key, NOWHERE) for key in chain.from_iterable(column.values)], np.int64)
    start, codes = np.cumsum(size) - size, column.codes[rows]
    each = size[codes]
    first = np.repeat(start[codes] - (np.cumsum(each) - each), each)
    every = Members(at[first + np.arange(len(first))], np.repeat(rows, each))
    return every.only(every.group != NOWHERE)


def occurring(column: Values, rows: Ints) -> Sequence[Key]:
    """Return the keys of all groups that some rows belong to, in the order in which they come."""
    codes = column.codes[rows]
    first, _ = classes(len(codes), [codes])
    return tuple(dict.fromkeys(key for code in codes[first].tolist() for key in column.values[code]))
