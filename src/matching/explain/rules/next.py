"""Who would be next if a rule gave way: placements of free teachers in empty seats that it stands in the way of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.explain.breaks import Breaks, Change
from matching.explain.refused import Refusal, Refused
from matching.explain.unfilled.chains import Chains
from matching.policy.model import Require
from matching.problem import Problem
from matching.problem.coarse import allowed
from matching.problem.conditions import Bools, Pairs
from matching.problem.problem import hard_requires
from matching.problem.program import Int64

MOST = 5
"""How many are told of each group."""
CHUNK = 200_000
"""How many pairs are looked at together."""


class Next(NamedTuple):
    """A free teacher and a post with an empty seat; `others` are further rules in the way."""

    teacher: str
    need: str
    km: float | None
    others: tuple[str, ...]
    refusal: Refusal | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a machine reads them."""
        return {"teacher": self.teacher, "need": self.need, "km": self.km, "others": list(self.others),
                "refusal": self.refusal.to_dict() if self.refusal else None}


class Waiting:
    """The free teachers beside the empty seats of one plan."""

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem, self._chosen = problem, chosen
        arcs, needs = problem.arcs, problem.instance.needs
        filled = np.bincount(arcs.need[chosen], minlength=len(needs))
        self._empty = np.flatnonzero(np.array([n.count for n in needs], np.int64) > filled)
        self._free: Bools = Chains(problem, chosen).free

    def by_group(self, rule_id: str) -> Mapping[str, tuple[Next, ...]]:
        """Return by group of a rule on numbers who would be next: those whom nothing else keeps out, then the near."""
        arcs = self._problem.arcs
        open_ = np.zeros(arcs.n_needs, np.bool_)
        open_[self._empty] = True
        waiting = np.setdiff1d(np.flatnonzero(open_[arcs.need] & self._free[arcs.teacher]), self._chosen)
        broken = Breaks(self._problem, self._chosen).of([Change((a,)) for a in waiting.tolist()])
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for arc, each in zip(waiting.tolist(), broken, strict=True):
            for one in each:
                if one.rule == rule_id:
                    found.setdefault(one.group, []).append((arc, tuple(b.rule for b in each if b.rule != rule_id)))
        return {group: self._nearest(some) for group, some in found.items()}

    def _nearest(self, some: list[tuple[int, tuple[str, ...]]]) -> tuple[Next, ...]:
        far = self._problem.facts.hectometres
        some = sorted(some, key=lambda one: (len(one[1]), int(far[one[0]]) if far[one[0]] >= 0 else 2**31))
        arcs = self._problem.arcs
        return tuple(self._next(int(arcs.teacher[a]), int(arcs.need[a]), others) for a, others in some[:MOST])

    def refused(self, rule: Require) -> tuple[int, int, tuple[Next, ...]]:
        """Return how many pairs of a free teacher and an empty seat a rule refuses, how many it alone, and the nearest.

        The nearest are those whose figure is least beyond its limit, then the near.
        """
        refused, alone = 0, []
        for pairs in self._pairs():
            here = ~allowed(rule, self._problem.fields, pairs)
            refused += int(here.sum())
            pairs = Pairs(pairs.teacher[here], pairs.need[here])
            alone.append(self._by_it_alone(rule, pairs))
        teachers, needs = (np.concatenate([np.zeros(0, np.int64), *(p[k] for p in alone)]) for k in (0, 1))
        return refused, len(teachers), self._closest(rule, Pairs(teachers, needs))

    def _pairs(self) -> list[Pairs]:
        free = np.flatnonzero(self._free)
        step = max(1, CHUNK // max(len(free), 1))
        return [Pairs(np.tile(free, len(some)), np.repeat(some, len(free)))
                for some in np.split(self._empty, range(step, len(self._empty), step))]

    def _by_it_alone(self, rule: Require, pairs: Pairs) -> Pairs:
        for other in hard_requires(self._problem.policy):
            if other.id != rule.id:
                keeps = allowed(other, self._problem.fields, pairs)
                pairs = Pairs(pairs.teacher[keeps], pairs.need[keeps])
        return pairs

    def _closest(self, rule: Require, pairs: Pairs) -> tuple[Next, ...]:
        far = self._problem.fields.pairs.hectometres(*pairs).astype(np.int64)
        order = np.argsort(np.where(far < 0, 2**31, far), kind="stable")[:20 * MOST]
        refused = Refused(self._problem)
        found = [self._next(int(pairs.teacher[k]), int(pairs.need[k]), (), (rule.id, refused)) for k in order.tolist()]
        return tuple(sorted(found, key=_beyond)[:MOST])

    def _next(self, teacher: int, need: int, others: Sequence[str], asked: tuple[str, Refused] | None = None) -> Next:
        instance = self._problem.instance
        who, where = instance.teachers[teacher].teacher_id, instance.needs[need].need_id
        far = int(self._problem.fields.pairs.hectometres(np.array([teacher]), np.array([need]))[0])
        told = asked[1].by(who, where, [asked[0]]) if asked else ()
        return Next(who, where, None if far < 0 else far / 10, tuple(dict.fromkeys(others)), told[0] if told else None)


def _beyond(one: Next) -> float:
    """Return by how much the figure is beyond its limit; all that is no figure stands behind."""
    over = [m.over for m in one.refusal.misses if m.over is not None] if one.refusal else []
    return min(over, default=float("inf"))
