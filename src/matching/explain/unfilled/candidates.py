"""The nearest candidates for a post, and what stands in each one's way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from matching.explain.breaks import Break, Breaks, Change
from matching.explain.caps import one_each
from matching.explain.funnel import Step
from matching.explain.refused import Refusal, Refused
from matching.problem import Problem
from matching.problem.arcs import Arcs
from matching.problem.coarse import allowed
from matching.problem.conditions import Bools, Pairs
from matching.problem.problem import compiled, hard_requires
from matching.problem.program import Int64
from matching.problem.wide import missing

NEAREST = 5
FREE = 3
"""How many of the nearest are, where there are such, teachers without a post."""
UNKNOWN_KM = 2**31
"""Hectometres behind all known ones."""


class Candidate(NamedTuple):
    """A teacher beside a post with an empty seat.

    Attributes
    ----------
    km : None where unknown
    refusals : the rules on eligibility that refuse the pair
    posts : where the plan has the teacher
    fits : whether they teach the post's subject and stage
    breaks : the rules on numbers that this teacher's coming would break, who gives up any post that they have where
        teachers have one each
    """

    teacher: str
    km: float | None
    refusals: tuple[Refusal, ...]
    posts: tuple[str, ...]
    fits: bool
    breaks: tuple[Break, ...]

    @property
    def standing(self) -> str:
        """What comes first: ``refused``, ``elsewhere``, ``held`` by a rule on numbers, or ``open``."""
        ways = (("refused", self.refusals), ("elsewhere", self.posts), ("held", self.breaks))
        return next((word for word, stands in ways if stands), "open")

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a machine reads them."""
        return {"teacher": self.teacher, "km": self.km, "standing": self.standing,
                "refusals": [r.to_dict() for r in self.refusals], "posts": list(self.posts), "fits": self.fits,
                "breaks": [b.to_dict() for b in self.breaks]}


class _Chosen(NamedTuple):
    """Teachers beside a need, and of each the rules that refuse it."""

    need: int
    teachers: Int64
    rules: list[tuple[str, ...]]


class Candidates:
    """Answers for one plan.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem, self._chosen = problem, chosen
        self._rules = hard_requires(problem.policy)
        self._one_each = bool(one_each(problem))
        self._posts: dict[int, list[int]] = {}
        self._here: dict[int, list[int]] = {}
        arcs = problem.arcs
        for t, n in zip(arcs.teacher[chosen].tolist(), arcs.need[chosen].tolist(), strict=True):
            self._posts.setdefault(t, []).append(n)
            self._here.setdefault(n, []).append(t)

    @cached_property
    def _refused(self) -> Refused:
        return Refused(self._problem)

    @cached_property
    def _free(self) -> Bools:
        free = np.ones(self._problem.arcs.n_teachers, np.bool_)
        free[list(self._posts)] = False
        return free

    @cached_property
    def _asked(self) -> Bools:
        """Who is a candidate at all: neither rejected nor deferred, of whom nobody is to read why they do not go."""
        teachers = self._problem.instance.teachers
        return np.array([t.status != "rejected" and not t.deferred for t in teachers], np.bool_)

    def of(self, needs: Sequence[int]) -> Mapping[int, tuple[tuple[Step, ...], tuple[Candidate, ...]]]:
        """Return for each need, by position, its funnel and its nearest candidates."""
        if not self._problem.arcs.n_teachers:
            return {need: (tuple(Step(r.id, 0) for r in self._rules), ()) for need in needs}
        seen = [self._looked_at(need) for need in needs]
        breaks = self._breaks([found for _, found in seen])
        return {found.need: (steps, tuple(self._candidate(found, k, breaks) for k in range(len(found.teachers))))
                for steps, found in seen}

    def _looked_at(self, need: int) -> tuple[tuple[Step, ...], _Chosen]:
        everyone = np.arange(self._problem.arcs.n_teachers)
        pairs = Pairs(everyone, np.full(len(everyone), need))
        keeps = np.array([allowed(rule, self._problem.fields, pairs) for rule in self._rules], np.bool_)
        keeps = keeps.reshape(len(self._rules), len(everyone))
        left = np.logical_and.accumulate(keeps, axis=0).sum(axis=1)
        steps = tuple(Step(r.id, int(n)) for r, n in zip(self._rules, left, strict=True))
        teachers = self._nearest(pairs, (~keeps).sum(axis=0))
        rules = [tuple(r.id for r, kept in zip(self._rules, keeps[:, t], strict=True) if not kept) for t in teachers]
        return steps, _Chosen(need, teachers, rules)

    def _nearest(self, pairs: Pairs, refusing: Int64) -> Int64:
        """Return first some free teachers, then those placed whom no rule refuses, else whoever fewest rules refuse."""
        far = self._problem.fields.pairs.hectometres(*pairs).astype(np.int64)
        far[far < 0] = UNKNOWN_KM
        other = ~self._fits(pairs)
        order = np.lexsort((far, refusing, other))
        order = order[self._asked[order] & ~np.isin(order, self._here.get(int(pairs.need[0]), []))]
        free = order[self._free[order] & ~other[order]][:FREE]
        placed = order[~self._free[order] & (refusing[order] == 0)]
        first = np.concatenate([free, placed])[:NEAREST]
        more = order[~np.isin(order, first)][:NEAREST - len(first)]
        return np.asarray(np.concatenate([first, more]), np.int64)

    def _fits(self, pairs: Pairs) -> Bools:
        """Tell who teaches the post's subject and stage."""
        fields = self._problem.fields
        none = fields.atoms("none")
        subject, stage = (fields.on_pairs(name, *pairs).array != none for name in ("subject_fit", "stage_fit"))
        return np.asarray(subject & stage)

    def _breaks(self, found: Sequence[_Chosen]) -> Mapping[tuple[int, int], tuple[Break, ...]]:
        """Return what each pair would break, in a problem of just the plan's pairs, these and one for every end."""
        arcs = self._problem.arcs
        n = max(arcs.n_needs, 1)
        wanted = [t * n + f.need for f in found for t in f.teachers.tolist()]
        kept = np.concatenate([self._chosen, missing(arcs, self._chosen)])
        mine = arcs.teacher[self._chosen].astype(np.int64) * n + arcs.need[self._chosen]
        keys = np.unique(np.concatenate([arcs.teacher[kept].astype(np.int64) * n + arcs.need[kept],
                                         np.array(wanted, np.int64)]))
        small = compiled(self._problem.fields, Arcs((keys // n).astype(np.int32), (keys % n).astype(np.int32),
                                                    arcs.n_teachers, arcs.n_needs))
        breaks = Breaks(small, np.searchsorted(keys, np.sort(mine)))
        moved = [self._given_up(key // n, keys, n) for key in wanted]
        added = np.searchsorted(keys, wanted).tolist()
        told = breaks.of([Change((at,), drop) for at, drop in zip(added, moved, strict=True)])
        return {(key // n, key % n): one for key, one in zip(wanted, told, strict=True)}

    def _given_up(self, teacher: int, keys: Int64, n_needs: int) -> tuple[int, ...]:
        posts = self._posts.get(teacher, ()) if self._one_each else ()
        return tuple(np.searchsorted(keys, [teacher * n_needs + post for post in posts]).tolist())

    def _candidate(self, found: _Chosen, k: int, breaks: Mapping[tuple[int, int], tuple[Break, ...]]) -> Candidate:
        instance, teacher = self._problem.instance, int(found.teachers[k])
        who, where = instance.teachers[teacher].teacher_id, instance.needs[found.need].need_id
        pair = Pairs(np.array([teacher]), np.array([found.need]))
        far, fits = int(self._problem.fields.pairs.hectometres(*pair)[0]), bool(self._fits(pair)[0])
        refusals = self._refused.by(who, where, found.rules[k]) if found.rules[k] else ()
        posts = tuple(instance.needs[n].need_id for n in self._posts.get(teacher, ()))
        return Candidate(who, None if far < 0 else far / 10, refusals, posts, fits, breaks[teacher, found.need])
