"""Why a post has empty seats: the funnel, the candidates, the posts it competes with, and what would fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from matching.domain.plan import Placement, Plan
from matching.domain.text import Text
from matching.explain.funnel import Step
from matching.explain.ids import known
from matching.explain.unfilled.answer import Competing, WhyUnfilled
from matching.explain.unfilled.candidates import Candidate, Candidates
from matching.explain.unfilled.rivals import Network, Rivals
from matching.explain.unfilled.shortages import Shortage, shortages
from matching.explain.unfilled.ways import Found, Ways
from matching.explain.unfilled.words import advice, cause, told
from matching.problem import Problem
from matching.problem.program import Int64


class Unfilled:
    """Answers for one plan; what several answers share is worked out once.

    Parameters
    ----------
    problem : of the instance under the policy that the plan was made by, with all eligible pairs
    placements : those that are not eligible are left out
    """

    def __init__(self, problem: Problem, placements: Sequence[Placement]) -> None:
        self._problem = problem
        chosen = problem.columns([(p.teacher, p.need) for p in placements])
        self._chosen: Int64 = np.unique(chosen[chosen >= 0])
        arcs, self._needs = problem.arcs, problem.instance.needs
        self._filled = np.bincount(arcs.need[self._chosen], minlength=len(self._needs))
        self._at = {need.need_id: n for n, need in enumerate(self._needs)}

    @cached_property
    def _network(self) -> Network:
        return Network(self._problem, self._chosen)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._problem, self._chosen)

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._problem, self._chosen)

    @property
    def short(self) -> tuple[str, ...]:
        """The needs with empty seats, in the order of the instance."""
        return tuple(need.need_id for n, need in enumerate(self._needs) if need.count > self._filled[n])

    def why(self, need_id: str) -> WhyUnfilled:
        """Return why a need has empty seats.

        Raises
        ------
        InputError
            Where no need has that id; the nearest ids are suggested.
        """
        return self.of([known("need", need_id, self._at)])[need_id]

    def of(self, need_ids: Iterable[str]) -> Mapping[str, WhyUnfilled]:
        """Return why each of some needs, by known ids, has empty seats."""
        at = {need_id: self._at[need_id] for need_id in need_ids}
        candidates = self._candidates.of(list(at.values()))
        ways = self._ways.of({n: found for n, (_, found) in candidates.items() if self._gap(n) > 0})
        none = Found((), 0, {})
        return {need_id: self._answer(n, *candidates[n], ways.get(n, none)) for need_id, n in at.items()}

    def shortages(self) -> tuple[Shortage, ...]:
        """Return the kinds of posts with fewer teachers than seats, whatever the plan, the greatest shortage first."""
        return shortages(self._problem, self._network, [self._at[n] for n in self.short], self._filled)

    def families(self) -> tuple[Competing, ...]:
        """Return the posts that compete for too few teachers, in sets without a post in common, most lacking first.

        What they lack adds up: so many seats stay empty at least, whatever the plan.
        """
        return tuple(map(self._competing, self._network.families([self._at[n] for n in self.short])))

    def _gap(self, need: int) -> int:
        return max(0, self._needs[need].count - int(self._filled[need]))

    def _answer(self, n: int, funnel: tuple[Step, ...], candidates: tuple[Candidate, ...], found: Found) -> WhyUnfilled:
        gap = self._gap(n)
        own, rivals = self._network.among(frozenset([n])), self._network.rivals(n) if gap else ()
        bare = WhyUnfilled(
            self._needs[n].need_id, self._needs[n].count, int(self._filled[n]), gap, self._here(n),
            len(own.teachers), funnel, self._competing(own), tuple(map(self._competing, rivals)), candidates,
            found.ways, found.tried, found.met, Text("", ""), Text("", ""), ())
        return self._worded(bare)

    def _worded(self, bare: WhyUnfilled) -> WhyUnfilled:
        said = replace(bare, cause=cause(self._problem, bare), advice=advice(self._problem, bare))
        return replace(said, lines=tuple(told(self._problem, said)))

    def _here(self, need: int) -> tuple[str, ...]:
        arcs = self._problem.arcs
        there = self._chosen[arcs.need[self._chosen] == need]
        return tuple(self._problem.instance.teachers[t].teacher_id for t in arcs.teacher[there].tolist())

    def _competing(self, rivals: Rivals) -> Competing:
        teachers = self._problem.instance.teachers
        return Competing(tuple(self._needs[n].need_id for n in rivals.needs),
                         tuple(teachers[t].teacher_id for t in rivals.teachers), rivals.seats, rivals.can, rivals.short,
                         tuple((h.cap.rule or "", h.cap.group, h.cap.limit, h.teachers) for h in rivals.held),
                         rivals.full)


def why_unfilled(problem: Problem, plan: Plan, need_id: str) -> WhyUnfilled:
    """Return why a need of the plan has empty seats; raises InputError where no need has that id."""
    return Unfilled(problem, plan.placements).why(need_id)
