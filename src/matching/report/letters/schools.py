"""The facts of the letters to schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from matching.domain.plan import Placement
from matching.domain.records import Need, Site
from matching.explain.funnel import candidates_left
from matching.problem.program import Int64
from matching.report.letters.doors import Doors
from matching.report.letters.facts import Coming, Post, SchoolLetter, SchoolPost
from matching.report.letters.ground import Ground
from matching.report.letters.nearly import OneRule
from matching.report.letters.teachers import drops


def school_letters(ground: Ground) -> tuple[SchoolLetter, ...]:
    """Return the facts for every school that has posts, or teachers who took part, in the order of the sheet."""
    told = _Schools(ground)
    letters = (told.letter(site) for site in ground.instance.sites)
    return tuple(letter for letter in letters if letter.posts or letter.applied)


class _Schools:
    def __init__(self, ground: Ground) -> None:
        self._ground, self._one_rule, self._doors = ground, OneRule(ground), Doors(ground)

    def letter(self, site: Site) -> SchoolLetter:
        """Return the facts for one school."""
        needs = self._needs.get(site.site_id, ())
        come = [p for _, need in needs for p in self._by_need.get(need.need_id, ())]
        posts = tuple(self._post(at, need, site) for at, need in needs)
        return SchoolLetter(site, posts, tuple(map(self._coming, come)), self._out[site.site_id],
                            self._applied[site.site_id])

    def _post(self, at: int, need: Need, site: Site) -> SchoolPost:
        empty = int(self._ground.free[at])
        candidates = int(self._candidates[at])
        told = SchoolPost(Post(need, site), need.count - empty, empty, self._reasons.get(need.need_id),
                          self._taking_part, (), candidates, int(self._waiting[at]), ())
        if not empty:
            return told
        steps = candidates_left(self._ground.problem, at)
        return told._replace(funnel=drops(told.teachers, steps), nearly=self._one_rule.of_need(at),
                             full=self._doors.full[at])

    def _coming(self, placement: Placement) -> Coming:
        instance = self._ground.instance
        teacher, need = instance.teacher[placement.teacher], instance.need[placement.need]
        return Coming(teacher.name, instance.site[teacher.home_site].name, teacher.title,
                      instance.backbone_level(teacher), Post(need, instance.site[need.site_id], None, placement))

    @cached_property
    def _needs(self) -> Mapping[str, Sequence[tuple[int, Need]]]:
        found: dict[str, list[tuple[int, Need]]] = {}
        for at, need in enumerate(self._ground.instance.needs):
            found.setdefault(need.site_id, []).append((at, need))
        return found

    @cached_property
    def _by_need(self) -> Mapping[str, Sequence[Placement]]:
        found: dict[str, list[Placement]] = {}
        for placement in self._ground.plan.placements:
            found.setdefault(placement.need, []).append(placement)
        return found

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        return {line.need: line.reason for line in self._ground.plan.unfilled}

    @cached_property
    def _taking_part(self) -> int:
        return len(self._ground.placements) + len(self._ground.plan.unplaced)

    @cached_property
    def _candidates(self) -> Int64:
        arcs = self._ground.problem.arcs
        return np.bincount(arcs.need, minlength=arcs.n_needs)

    @cached_property
    def _waiting(self) -> Int64:
        arcs = self._ground.problem.arcs
        spare = self._ground.leaves[arcs.teacher] < 0
        return np.bincount(arcs.need[spare], minlength=arcs.n_needs)

    @cached_property
    def _out(self) -> Counter[str]:
        teacher = self._ground.instance.teacher
        return Counter(teacher[who].home_site for who in self._ground.placements)

    @cached_property
    def _applied(self) -> Counter[str]:
        teacher = self._ground.instance.teacher
        return self._out + Counter(teacher[line.teacher].home_site for line in self._ground.plan.unplaced)
