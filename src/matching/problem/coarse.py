"""Rules that tell few kinds of teachers and needs apart, worked out by kinds instead of by pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matching.policy.model import Require
from matching.problem.classes import Index
from matching.problem.conditions import Bools, Pairs, condition_fields, holds
from matching.problem.fields import Fields

CELLS = 4_000_000
"""How many pairs of kinds are tabulated at most."""


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
        for own in sorted((_Kinds.of(r, fields) for r in rules), key=_Kinds.many):
            if _cells(own.teacher, own.need) > CELLS:
                break
            table = own.table(fields)
            joint = (best.teacher, best.need) if table.all() else best._refined(own)
            if _cells(*joint) > CELLS:
                break
            best = best._with(own, table, *joint)
        return best

    def _refined(self, own: _Kinds) -> tuple[Index, Index]:
        return refined(self.teacher, own.teacher), refined(self.need, own.need)

    def _with(self, own: _Kinds, table: Bools, teacher: Index, need: Index) -> Coarse:
        if not len(teacher) or not len(need):
            return Coarse((*self.rules, own.rule), teacher, need, np.ones((1, 1), np.bool_))
        t_rep, n_rep = _one_of_each(teacher), _one_of_each(need)
        before = self.table[self.teacher[t_rep]][:, self.need[n_rep]]
        after = table[own.teacher[t_rep]][:, own.need[n_rep]]
        return Coarse((*self.rules, own.rule), teacher, need, before & after)


class _Kinds(NamedTuple):
    """The kinds of teachers and of needs that a rule tells apart."""

    rule: Require
    teacher: Index
    need: Index

    @classmethod
    def of(cls, rule: Require, fields: Fields) -> _Kinds:
        names = sorted(condition_fields((*rule.when, *rule.that)))
        return cls(rule, _joint([fields.kinds(name, "teacher") for name in names], len(fields.instance.teachers)),
                   _joint([fields.kinds(name, "need") for name in names], len(fields.instance.needs)))

    def many(self) -> int:
        """How many kinds there are on both sides: the fewer, the less a joint table grows."""
        return _number(self.teacher) + _number(self.need)

    def table(self, fields: Fields) -> Bools:
        """Tell for each pair of kinds whether it keeps to the rule."""
        teachers, needs = _one_of_each(self.teacher), _one_of_each(self.need)
        grid = Pairs(np.repeat(teachers, len(needs)), np.tile(needs, len(teachers)))
        return allowed(self.rule, fields, grid).reshape(len(teachers), len(needs))


def _one_of_each(kinds: Index) -> Index:
    return np.unique(kinds, return_index=True)[1]


def _joint(parts: list[Index | None], n: int) -> Index:
    kinds: Index = np.zeros(n, np.int32)
    for part in parts:
        if part is not None:
            kinds = refined(kinds, part)
    return kinds


def refined(a: Index, b: Index) -> Index:
    """Return the classes that both tell apart, numbered by `a`, then `b`."""
    if not len(a):
        return a
    joint = a.astype(np.int64) * (int(b.max()) + 1) + b
    kinds: Index = np.unique(joint, return_inverse=True)[1].reshape(-1)
    return kinds


def _number(kinds: Index) -> int:
    return int(kinds.max(initial=0)) + 1


def _cells(teacher: Index, need: Index) -> int:
    return _number(teacher) * _number(need)
