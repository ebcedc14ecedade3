"""Pairs that one rule alone keeps out: what would open a post, or bring a teacher."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matching.policy.model import Require
from matching.problem.classes import Index
from matching.problem.coarse import allowed
from matching.problem.conditions import Bools, Pairs
from matching.problem.problem import hard_requires
from matching.report.letters.facts import Nearly
from matching.report.letters.ground import Ground
from matching.report.letters.private import is_private

MOST = 3
"""How many rules are named at most."""


class OneRule:
    """Answers about one teacher, or one post, at a time."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def of_teacher(self, teacher: int) -> tuple[Nearly, ...]:
        """Return the rules that alone keep posts from the teacher, those that keep most first."""
        needs: Index = np.arange(len(self._ground.instance.needs))
        return self._counted(Pairs(np.full(len(needs), teacher), needs))

    def of_need(self, need: int) -> tuple[Nearly, ...]:
        """Return the rules that alone keep teachers without a post from the need."""
        teachers = self._waiting
        return self._counted(Pairs(teachers, np.full(len(teachers), need)))

    @cached_property
    def _waiting(self) -> Index:
        unplaced = {line.teacher for line in self._ground.plan.unplaced}
        return np.array([t for t, teacher in enumerate(self._ground.instance.teachers)
                         if teacher.teacher_id in unplaced], np.int64)

    def _counted(self, pairs: Pairs) -> tuple[Nearly, ...]:
        """Count the pairs that exactly one rule refuses; pairs that many refuse are dropped on the way."""
        refusals: list[tuple[Require, Bools]] = []
        times = np.zeros(len(pairs.teacher), np.int64)
        for rule in hard_requires(self._ground.problem.policy):
            refused = np.zeros(len(times), np.bool_)
            ask = np.flatnonzero(times < 2)
            refused[ask] = ~allowed(rule, self._ground.problem.fields, Pairs(pairs.teacher[ask], pairs.need[ask]))
            times += refused
            refusals.append((rule, refused))
        found = [self._nearly(rule, pairs, refused & (times == 1)) for rule, refused in refusals
                 if not is_private(rule)]
        return tuple(sorted((n for n in found if n.number), key=lambda n: -n.number)[:MOST])

    def _nearly(self, rule: Require, pairs: Pairs, alone: Bools) -> Nearly:
        fields = self._ground.problem.fields
        far = fields.pairs.hectometres(pairs.teacher[alone], pairs.need[alone])
        asks_km = any(clause.field == "km" for condition in rule.that for clause in condition.clauses)
        known = far[far >= 0]
        return Nearly(rule.id, int(alone.sum()), int(known.min()) / 10 if asks_km and len(known) else None)
