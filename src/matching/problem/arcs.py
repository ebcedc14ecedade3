"""Which teacher may take which post: the eligible pairs, as sorted arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.domain.machine import free_memory
from matching.policy.model import Require
from matching.problem.candidates import Candidates
from matching.problem.classes import Index
from matching.problem.coarse import Coarse, allowed
from matching.problem.conditions import Pairs
from matching.problem.fields import Fields
from matching.problem.program import Int32, Int64
from matching.problem.room import check


@dataclass(frozen=True)
class Arcs:
    """Eligible pairs, sorted by teacher, then need.

    Attributes
    ----------
    teacher, need : int32 arrays, shape (n_arcs,); positions in the instance
    n_teachers, n_needs : how many there are in all
    """

    teacher: Int32
    need: Int32
    n_teachers: int
    n_needs: int

    def __len__(self) -> int:
        return len(self.teacher)

    @cached_property
    def start(self) -> Int64:
        """Arcs of teacher t are ``start[t]:start[t + 1]``."""
        return np.searchsorted(self.teacher, np.arange(self.n_teachers + 1)).astype(np.int64)

    def only(self, arcs: Int64) -> Arcs:
        """Return those at some positions, rising."""
        return Arcs(self.teacher[arcs], self.need[arcs], self.n_teachers, self.n_needs)

    @property
    def pairs(self) -> Pairs:
        """The arcs as pairs for conditions."""
        return Pairs(self.teacher, self.need)


def eligible(rules: Sequence[Require], fields: Fields, available: int | None = None) -> Arcs:
    """Return the pairs that keep to every one of `rules`.

    Rules that tell few kinds of teachers and needs apart are worked out once for each pair of kinds, in two tables,
    which leaves few candidates for the others.

    Parameters
    ----------
    available : bytes of memory that the program may take; what this machine has free where None

    Raises
    ------
    InputError
        Where the pairs are more than can be numbered, or than there is memory for.
    """
    inner = Coarse.of(rules, fields)
    outer = Coarse.of([rule for rule in rules if rule not in inner.rules], fields)
    rest = [rule for rule in rules if rule not in (*inner.rules, *outer.rules)]
    candidates = Candidates.of(inner, outer)
    found, seen, kept = [], 0, 0
    room = free_memory() if available is None else available
    if not rest:
        check(candidates.count, candidates.count, room)
    for pairs in candidates.pairs():
        found.append(_filtered(rest, fields, pairs))
        seen, kept = seen + len(pairs.teacher), kept + len(found[-1].teacher)
        check(kept, kept * candidates.count // max(seen, 1), room)
    return Arcs(_joined([p.teacher for p in found]), _joined([p.need for p in found]),
                len(fields.instance.teachers), len(fields.instance.needs))


def _joined(parts: list[Index]) -> Int32:
    return np.concatenate([np.zeros(0, np.int32), *parts]).astype(np.int32)


def _filtered(rules: Sequence[Require], fields: Fields, pairs: Pairs) -> Pairs:
    for rule in rules:
        keep = allowed(rule, fields, pairs)
        if not keep.all():
            pairs = Pairs(pairs.teacher[keep], pairs.need[keep])
    return pairs
