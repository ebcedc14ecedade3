"""Rules that tell few kinds of teachers and needs apart, worked out by kinds instead of by pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.policy.model import Require
from matching.problem.classes import Index
from matching.problem.conditions import Bools, Pairs, condition_fields, holds
from matching.problem.fields import Fields

CELLS = 4_000_000
"""How many pairs of kinds are tabulated at most, and how many candidate pairs are looked at together."""


def allowed(rule: Require, fields: Fields, pairs: Pairs) -> Bools:
    """Tell for each pair whether it keeps to `rule`."""
    keeps = holds(rule.that, fields, pairs, missing=fields.policy.unknown == "accept")
    return keeps | ~holds(rule.when, fields, pairs) if rule.when else keeps


@dataclass(frozen=True)
class Coarse:
    """`rules` worked out by kinds: a pair keeps to all of them where ``table[teacher[t], need[n]]``."""

    rules: tuple[Require, ...]
    teacher: Index
    need: Index
    table: Bools

    @classmethod
    def of(cls, rules: Sequence[Require], fields: Fields) -> Coarse:
        """Take up rules, those with the fewest kinds first, as long as the table stays small."""
        blank = np.zeros(len(fields.instance.teachers), np.int32), np.zeros(len(fields.instance.needs), np.int32)
        best = cls((), *blank, np.ones((1, 1), np.bool_))
        for rule, teacher, need in sorted(((r, *_kinds(r, fields)) for r in rules), key=lambda k: _cells(k[1], k[2])):
            joint = _refined(best.teacher, teacher), _refined(best.need, need)
            if _cells(*joint) > CELLS:
                break
            best = best._with(rule, *joint, fields)
        return best

    def _with(self, rule: Require, teacher: Index, need: Index, fields: Fields) -> Coarse:
        if not len(teacher) or not len(need):
            return Coarse((*self.rules, rule), teacher, need, np.ones((1, 1), np.bool_))
        t_rep, n_rep = np.unique(teacher, return_index=True)[1], np.unique(need, return_index=True)[1]
        shape = len(t_rep), len(n_rep)
        grid = Pairs(np.repeat(t_rep, shape[1]), np.tile(n_rep, shape[0]))
        before = self.table[self.teacher[t_rep]][:, self.need[n_rep]]
        return Coarse((*self.rules, rule), teacher, need, before & allowed(rule, fields, grid).reshape(shape))

    def candidates(self) -> Iterator[Pairs]:
        """Yield the pairs that keep to the rules, sorted by teacher, then need, some `CELLS` at a time."""
        if not len(self.need):
            return
        kind, posts = np.nonzero(self.table[:, self.need])
        start = np.searchsorted(kind, np.arange(len(self.table) + 1))
        counts = np.diff(start)[self.teacher]
        chunk = np.cumsum(counts) // CELLS
        for number in np.unique(chunk):
            teachers = np.flatnonzero(chunk == number)
            each = counts[teachers]
            first = np.cumsum(each) - each
            offset = np.arange(each.sum()) - np.repeat(first, each)
            where = np.repeat(start[self.teacher[teachers]], each) + offset
            yield Pairs(np.repeat(teachers, each).astype(np.int32), posts[where].astype(np.int32))


def _kinds(rule: Require, fields: Fields) -> tuple[Index, Index]:
    names = sorted(condition_fields((*rule.when, *rule.that)))
    return (_joint([fields.kinds(name, "teacher") for name in names], len(fields.instance.teachers)),
            _joint([fields.kinds(name, "need") for name in names], len(fields.instance.needs)))


def _joint(parts: list[Index | None], n: int) -> Index:
    kinds: Index = np.zeros(n, np.int32)
    for part in parts:
        if part is not None:
            kinds = _refined(kinds, part)
    return kinds


def _refined(a: Index, b: Index) -> Index:
    if not len(a):
        return a
    joint = a.astype(np.int64) * (int(b.max()) + 1) + b
    kinds: Index = np.unique(joint, return_inverse=True)[1].reshape(-1)
    return kinds


def _cells(teacher: Index, need: Index) -> int:
    return (int(teacher.max(initial=0)) + 1) * (int(need.max(initial=0)) + 1)


