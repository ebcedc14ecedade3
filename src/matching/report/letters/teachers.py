"""The facts of the letters to teachers."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypedDict

from matching.domain.records import Teacher
from matching.explain.funnel import Step as RuleStep
from matching.explain.funnel import posts_left
from matching.report.letters.company import Company
from matching.report.letters.doors import Doors, Held
from matching.report.letters.facts import Other, Post, Reserved, Step, TeacherLetter
from matching.report.letters.ground import FULL, Ground
from matching.report.letters.nearly import OneRule
from matching.report.letters.others import Others
from matching.report.letters.wished import Wishes
from matching.travel import Distances

RESERVES = 3
"""How many places on reserve lists are told, the best ones."""


def teacher_letters(ground: Ground) -> tuple[TeacherLetter, ...]:
    """Return the facts for every teacher, those of one school together, in the order of the sheets."""
    told = _Teachers(ground)
    order = {site.site_id: i for i, site in enumerate(ground.instance.sites)}
    rows = sorted(enumerate(ground.instance.teachers), key=lambda row: order[row[1].home_site])
    return tuple(told.letter(at, teacher) for at, teacher in rows)


class _Two(TypedDict):
    """The best other post, and the best that nothing stood in the way of."""

    first: Other | None
    open: Other | None


class _Teachers:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._others, self._wishes, self._one_rule = Others(ground), Wishes(ground), OneRule(ground)
        self._company, self._doors = Company(ground), Doors(ground)

    def letter(self, at: int, teacher: Teacher) -> TeacherLetter:
        """Return the facts for the teacher at that position."""
        instance = self._ground.instance
        bare = TeacherLetter(teacher.teacher_id, teacher.name, instance.site[teacher.home_site], False)
        who = teacher.teacher_id
        if who not in self._ground.placements and who not in self._reasons:
            return bare
        steps = posts_left(self._ground.problem, at)
        known = bare._replace(
            taking_part=True, lock=teacher.lock_need, posts_in_all=len(instance.needs),
            funnel=drops(len(instance.needs), steps),
            eligible=steps[-1].left if steps else len(instance.needs), wishes=self._wishes.of(at, teacher),
            full=int((self._ground.stands[self._ground.arcs_of(at)] == FULL).sum()),
            company=self._company.rule(at), reserve=self._reserve.get(who, ()))
        return self._placed(known, at) if who in self._ground.placements else self._unplaced(known, at)

    def _placed(self, known: TeacherLetter, at: int) -> TeacherLetter:
        ground, others = self._ground, self._others
        here = int(ground.leaves[at])
        placements = ground.placements[known.teacher_id]
        by_need = {p.need: p for p in placements}
        posts = tuple(others.post(arc) for arc in ground.chosen_of[at].tolist())
        compared = others.post(here)
        return known._replace(
            posts=tuple(post._replace(placement=by_need[post.need.need_id]) for post in posts),
            compared=compared._replace(placement=by_need[compared.need.need_id]),
            points=int(ground.points[here]) if ground.terms else None, terms=others.terms(here),
            better=others.better(at), **self._alternatives(at))

    def _unplaced(self, known: TeacherLetter, at: int) -> TeacherLetter:
        nearly = () if known.eligible else self._one_rule.of_teacher(at)
        held = self._doors.held.get(known.teacher_id, Held())
        return known._replace(reason=self._reasons[known.teacher_id], held=held.free, anywhere=held.anywhere,
                              nearly=nearly, **self._alternatives(at))

    def _alternatives(self, at: int) -> _Two:
        others = self._others
        first, free = others.best(others.alternatives(at)), others.best(others.open_to(at))
        return {"first": None if first is None or first == free else self._told(at, first),
                "open": None if free is None else self._told(at, free)}

    def _told(self, at: int, arc: int) -> Other:
        here = int(self._ground.leaves[at])
        return self._others.told(at, arc)._replace(joint=self._company.joint(at, None if here < 0 else here, arc))

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        return {line.teacher: line.reason for line in self._ground.plan.unplaced}

    @cached_property
    def _reserve(self) -> Mapping[str, tuple[Reserved, ...]]:
        """The best places of each teacher on the reserve lists, the highest first."""
        instance, found = self._ground.instance, dict[str, list[tuple[int, str]]]()
        for line in self._ground.plan.reserve:
            for place, who in enumerate(line.teachers, 1):
                found.setdefault(who, []).append((place, line.need))
        distances = Distances(instance, self._ground.problem.policy.detour)
        return {who: tuple(self._reserved(distances, who, *row) for row in heapq.nsmallest(RESERVES, rows))
                for who, rows in found.items()}

    def _reserved(self, distances: Distances, who: str, place: int, need_id: str) -> Reserved:
        instance = self._ground.instance
        need = instance.need[need_id]
        far = distances.hectometres(instance.teacher[who].home_site, need.site_id)
        return Reserved(Post(need, instance.site[need.site_id], None if far is None else far / 10), place)


def drops(everything: int, steps: tuple[RuleStep, ...]) -> tuple[Step, ...]:
    """Return the steps of a funnel at which anything drops out."""
    return tuple(_drops(everything, steps))


def _drops(before: int, steps: tuple[RuleStep, ...]) -> Iterator[Step]:
    for step in steps:
        if step.left < before:
            yield Step(step.rule, step.left)
            before = step.left
