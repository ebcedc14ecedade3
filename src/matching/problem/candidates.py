"""Pairs that keep to what can be told by kinds, listed kind by kind of teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.problem.classes import Index
from matching.problem.coarse import CELLS, Coarse, refined
from matching.problem.conditions import Pairs
from matching.problem.program import Int32, Int64

CHUNK = CELLS
"""How many candidate pairs are looked at together."""


@dataclass(frozen=True)
class Candidates:
    """The posts open to each kind of teachers.

    Attributes
    ----------
    kind : the kind of each teacher
    start, posts : those open to kind k are ``posts[start[k]:start[k + 1]]``, rising
    """

    kind: Index
    start: Int64
    posts: Int32

    @classmethod
    def of(cls, inner: Coarse, outer: Coarse) -> Candidates:
        """Lay two tables over each other: each kind of `outer` leaves few posts to ask `inner` about."""
        kind = refined(outer.teacher, inner.teacher)
        one_of_kind = np.unique(kind, return_index=True)[1]
        counts, posts = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)]
        for some in _alike(outer.teacher[one_of_kind]):
            teachers = one_of_kind[some]
            left = np.flatnonzero(outer.table[outer.teacher[teachers[0]]][outer.need])
            each, at = np.nonzero(inner.table[inner.teacher[teachers]][:, inner.need[left]])
            counts.append(np.bincount(each, minlength=len(teachers)))
            posts.append(left[at].astype(np.int32))
        return cls(kind, np.cumsum(np.concatenate(counts)), np.concatenate(posts))

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return int(np.diff(self.start)[self.kind].sum())

    def pairs(self) -> Iterator[Pairs]:
        """Yield all pairs, sorted by teacher, then need, some `CHUNK` at a time."""
        counts = np.diff(self.start)[self.kind]
        chunk = np.cumsum(counts) // CHUNK
        for teachers in _alike(chunk):
            each = counts[teachers]
            first = self.start[self.kind[teachers]] - (np.cumsum(each) - each)
            where = np.arange(each.sum()) + np.repeat(first, each)
            yield Pairs(np.repeat(teachers.astype(np.int32), each), self.posts[where])


def _alike(rising: Index) -> list[Int64]:
    """Return the positions of each value of a rising array."""
    cuts = np.flatnonzero(np.diff(rising)) + 1
    return [] if not len(rising) else np.split(np.arange(len(rising)), cuts)
