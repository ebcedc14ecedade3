"""What teachers would rather have, and whom posts would rather have (readings 57 and 58)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching.domain.terms import BACKBONE, TITLE
from matching.problem import Problem
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs
from matching.problem.problem import hard_requires
from matching.problem.program import Int64

UNWISHED, WITHOUT = 4, 5
"""How well a post suits that is none of the wishes, and having none at all; wishes are 1, 2 and 3."""


class Desires(NamedTuple):
    """Pairs in parallel: a wished post that the teacher could teach and the rules refuse them, and the wish."""

    teacher: Int64
    need: Int64
    wish: Int64


@dataclass(frozen=True)
class Claims:
    """The wishes of the teachers and the one order of all of them that every post goes by."""

    problem: Problem

    @cached_property
    def wish(self) -> Int64:
        """How well each arc suits its teacher: 1, 2, 3, or `UNWISHED`."""
        arcs = self.problem.arcs
        return self.problem.fields.on_pairs("preference", arcs.teacher, arcs.need).array.astype(np.int64)

    @cached_property
    def merit(self) -> Int64:
        """The place of each teacher in the order of backbone level, title and score; higher is better, equal is equal.

        A missing score is below any.
        """
        teachers = self.problem.instance.teachers
        level = [BACKBONE.rank(self.problem.instance.backbone_level(t)) for t in teachers]
        keys = [(rank, TITLE.rank(t.title), -1.0 if t.score is None else t.score)
                for rank, t in zip(level, teachers, strict=True)]
        place = {key: at for at, key in enumerate(sorted(set(keys)))}
        return np.array([place[key] for key in keys], np.int64)

    @cached_property
    def refused(self) -> Desires:
        """The wishes that the rules on pairs refuse to teachers who are approved and not deferred."""
        arcs, pairs = self.problem.arcs, self._wished
        n = max(arcs.n_needs, 1)
        keys = pairs.teacher * n + pairs.need
        fields = self.problem.fields
        keep = ~np.isin(keys, arcs.teacher.astype(np.int64) * n + arcs.need)
        for name in ("subject_fit", "stage_fit"):
            keep &= fields.on_pairs(name, *pairs).array != fields.atoms("none")
        teacher, need = pairs.teacher[keep].astype(np.int64), pairs.need[keep].astype(np.int64)
        wish = fields.on_pairs("preference", teacher, need).array.astype(np.int64)
        return Desires(teacher, need, wish)

    @cached_property
    def refusals(self) -> Int64:
        """Of each of `refused` the first rule that refuses it, by its position in the policy."""
        policy = self.problem.policy
        pairs = Pairs(self.refused.teacher, self.refused.need)
        first = np.full(len(pairs.teacher), len(policy.rules), np.int64)
        order = {rule.id: at for at, rule in enumerate(policy.rules)}
        for rule in reversed(hard_requires(policy)):
            first[~allowed(rule, self.problem.fields, pairs)] = order[rule.id]
        return first

    @cached_property
    def _wished(self) -> Pairs:
        """Every pair of a teacher and a post that one of their wishes names; none twice."""
        instance = self.problem.instance
        at: dict[str, list[int]] = defaultdict(list)
        for n, need in enumerate(instance.needs):
            for name in {need.need_id, need.site_id, instance.site[need.site_id].county}:
                at[name].append(n)
        posts = [sorted({n for w in (t.pref_1, t.pref_2, t.pref_3) for n in at.get(w or "", ())})
                 if t.status == "approved" and not t.deferred else [] for t in instance.teachers]
        teacher = np.repeat(np.arange(len(posts)), [len(p) for p in posts])
        return Pairs(teacher.astype(np.int64), np.array([n for p in posts for n in p], np.int64))
