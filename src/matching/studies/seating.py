"""Who sits where in one plan, and what each would rather have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching.domain.plan import Placement
from matching.problem.program import Int64
from matching.problem.standing import Standing
from matching.studies.claims import WITHOUT, Claims

NOBODY, NOWHERE, SEVERAL = -1, -1, -2


class Rivals(NamedTuple):
    """Arcs that their teachers would rather have, and of each the arcs that are taken at its post, in parallel."""

    arc: Int64
    held: Int64


@dataclass(frozen=True)
class Seating:
    """One plan laid over the arcs.

    Attributes
    ----------
    chosen : the plan's arcs
    """

    claims: Claims
    chosen: Int64

    @classmethod
    def of(cls, claims: Claims, placements: Sequence[Placement]) -> Seating:
        """Return the seating of a plan's placements; those that no rule on pairs allows are left out."""
        chosen = claims.problem.columns([(p.teacher, p.need) for p in placements])
        return cls(claims, np.unique(chosen[chosen >= 0]))

    @cached_property
    def own(self) -> Int64:
        """The arc of each teacher; `NOWHERE`, or `SEVERAL` for who has more than one post and stays in them."""
        arcs = self.claims.problem.arcs
        own = np.full(arcs.n_teachers, NOWHERE, np.int64)
        own[arcs.teacher[self.chosen]] = self.chosen
        own[np.bincount(arcs.teacher[self.chosen], minlength=arcs.n_teachers) > 1] = SEVERAL
        return own

    @cached_property
    def now(self) -> Int64:
        """How well each teacher is served: the wish met, 4 for another post, 5 without one; 0 with several posts."""
        wish = self.claims.wish
        now = np.full(len(self.own), WITHOUT, np.int64)
        placed = self.own >= 0
        now[placed] = wish[self.own[placed]]
        now[self.own == SEVERAL] = 0
        return now

    @cached_property
    def free(self) -> Int64:
        """The seats of each need that nobody has."""
        problem = self.claims.problem
        filled = np.bincount(problem.arcs.need[self.chosen], minlength=problem.arcs.n_needs)
        return np.array([need.count for need in problem.instance.needs], np.int64) - filled

    @cached_property
    def lowest(self) -> Int64:
        """The least merit among those seated at each need who have no other post; beyond all merit where none is."""
        arcs, merit = self.claims.problem.arcs, self.claims.merit
        single = self.chosen[self.own[arcs.teacher[self.chosen]] >= 0]
        lowest = np.full(arcs.n_needs, np.iinfo(np.int64).max)
        np.minimum.at(lowest, arcs.need[single], merit[arcs.teacher[single]])
        return lowest

    @cached_property
    def wanted(self) -> Int64:
        """The arcs that suit their teachers better than what they have."""
        found: Int64 = np.flatnonzero(self.claims.wish < self.now[self.claims.problem.arcs.teacher])
        return found

    @cached_property
    def rivals(self) -> Rivals:
        """Each wanted arc with each of those who are seated there and have no other post."""
        arcs = self.claims.problem.arcs
        single = self.chosen[self.own[arcs.teacher[self.chosen]] >= 0]
        by_need = single[np.argsort(arcs.need[single], kind="stable")]
        start = np.searchsorted(arcs.need[by_need], np.arange(arcs.n_needs + 1))
        need = arcs.need[self.wanted]
        each = np.diff(start)[need]
        offset = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
        return Rivals(np.repeat(self.wanted, each), by_need[np.repeat(start[need], each) + offset])

    def first_broken(self, added: Sequence[Int64], dropped: Sequence[Int64]) -> Int64:
        """Return the first hard rule that each change would break, by its position in the policy; see `Standing`.

        Parameters
        ----------
        added, dropped : arrays in parallel, one entry a change; negative arcs stand for nothing
        """
        n = len(added[0])
        parts = [(arc, by) for by, several in ((1, added), (-1, dropped)) for arc in several]
        change = np.concatenate([np.flatnonzero(arc >= 0) for arc, _ in parts])
        arc = np.concatenate([arc[arc >= 0] for arc, _ in parts])
        sign = np.concatenate([np.full(int((arc >= 0).sum()), by) for arc, by in parts])
        return self._standing.broken(n, change, arc, sign)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.claims.problem, self.chosen)
