"""What became of a teacher's wishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from matching.domain.records import Teacher
from matching.domain.vocabulary import fold
from matching.explain.funnel import last_refusal, screened
from matching.problem.program import Int64
from matching.report.letters.facts import Wish
from matching.report.letters.ground import FULL, OPEN, TAKEN, Ground


class Wishes:
    """Answers about one teacher at a time."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def of(self, at: int, teacher: Teacher) -> tuple[Wish, ...]:
        """Return the teacher's wishes that name something known, down to the first that is met."""
        return tuple(self._told(at, teacher))

    def _told(self, at: int, teacher: Teacher) -> Iterator[Wish]:
        for place, wish in enumerate((teacher.pref_1, teacher.pref_2, teacher.pref_3), 1):
            if wish is not None and (named := self._name(wish)) is not None:
                told = self._wish(at, place, named, self._posts.get(_key(wish, self._ground), ()))
                yield told
                if told.outcome == "met":
                    return

    def _wish(self, at: int, place: int, name: str, posts: tuple[int, ...]) -> Wish:
        if not posts:
            return Wish(place, name, "no_post", 0, 0)
        arcs = self._ground.arcs_of(at)
        arcs = arcs[np.isin(self._ground.problem.arcs.need[arcs], posts)]
        if not len(arcs):
            return Wish(place, name, "refused", len(posts), 0, self._refusing(at, posts))
        return self._open(Wish(place, name, "open", len(posts), len(arcs)), self._ground.stands[arcs])

    def _open(self, wish: Wish, stands: Int64) -> Wish:
        if (stands == TAKEN).any():
            return wish._replace(outcome="met")
        if (stands == OPEN).any():
            return wish
        if (stands == FULL).all():
            return wish._replace(outcome="full")
        first = int(stands[stands >= 0].min())
        return wish._replace(outcome="rule", rule=self._ground.problem.policy.rules[first].id)

    def _refusing(self, at: int, posts: tuple[int, ...]) -> str:
        steps = screened(self._ground.problem, np.full(len(posts), at), np.array(posts))
        last = last_refusal(steps)
        assert last is not None
        return steps[last].rule

    def _name(self, wish: str) -> str | None:
        """Return a wish as people call it; None where it names nothing known."""
        instance = self._ground.instance
        if wish in instance.need:
            need = instance.need[wish]
            return f"{instance.site[need.site_id].name} {wish}"
        return instance.site[wish].name if wish in instance.site else self._counties.get(fold(wish))

    @cached_property
    def _counties(self) -> Mapping[str, str]:
        return {fold(site.county): site.county for site in self._ground.instance.sites}

    @cached_property
    def _posts(self) -> Mapping[str, tuple[int, ...]]:
        """The posts, by position, that each id, site and county stands for."""
        found: dict[str, list[int]] = {}
        for n, need in enumerate(self._ground.instance.needs):
            county = fold(self._ground.instance.site[need.site_id].county)
            for key in (f"need {need.need_id}", f"site {need.site_id}", f"county {county}"):
                found.setdefault(key, []).append(n)
        return {key: tuple(posts) for key, posts in found.items()}


def _key(wish: str, ground: Ground) -> str:
    if wish in ground.instance.need:
        return f"need {wish}"
    return f"site {wish}" if wish in ground.instance.site else f"county {fold(wish)}"
