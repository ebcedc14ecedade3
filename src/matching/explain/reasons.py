"""A reason for every teacher without a post and every seat left empty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matching.domain.plan import Placement, Reserve, Unfilled, Unplaced
from matching.explain.funnel import candidates_left, last_refusal, posts_left
from matching.problem.problem import Problem
from matching.problem.program import Int64
from matching.problem.standing import Standing

RESERVES = 5
"""How many teachers the reserve of a post lists at most."""


class Reasons:
    """Answers for one plan.

    Parameters
    ----------
    placements : the plan's placements, all of them eligible
    """

    def __init__(self, problem: Problem, placements: Sequence[Placement]) -> None:
        self._problem = problem
        chosen = problem.columns([(p.teacher, p.need) for p in placements])
        arcs, instance = problem.arcs, problem.instance
        self._filled = np.bincount(arcs.need[chosen], minlength=len(instance.needs))
        self._free = np.array([n.count for n in instance.needs], np.int64) - self._filled
        self._placed = np.zeros(len(instance.teachers), np.bool_)
        self._placed[arcs.teacher[chosen]] = True
        self._standing = Standing(problem, chosen)
        self._by_need: Int64 = np.argsort(arcs.need, kind="stable")
        self._need_start = np.searchsorted(arcs.need[self._by_need], np.arange(len(instance.needs) + 1))

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return every approved, undeferred teacher without a post, with a reason."""
        return tuple(Unplaced(teacher.teacher_id, self._why_unplaced(t))
                     for t, teacher in enumerate(self._problem.instance.teachers)
                     if teacher.status == "approved" and not teacher.deferred and not self._placed[t])

    def unfilled(self) -> tuple[Unfilled, ...]:
        """Return every need with free seats, with a reason."""
        return tuple(Unfilled(need.need_id, int(self._free[n]), self._why_unfilled(n))
                     for n, need in enumerate(self._problem.instance.needs) if self._free[n] > 0)

    def reserve(self, points: Int64) -> tuple[Reserve, ...]:
        """Return for each need the teachers without a post who could take one there, fewest `points` first.

        Parameters
        ----------
        points : int64, shape (n_arcs,); what each arc costs
        """
        teachers = self._problem.instance.teachers
        found = []
        for n, need in enumerate(self._problem.instance.needs):
            arcs = self._arcs_of_need(n)
            spare = arcs[~self._placed[self._problem.arcs.teacher[arcs]]]
            best = spare[np.argsort(points[spare], kind="stable")][:RESERVES]
            if len(best):
                names = tuple(teachers[t].teacher_id for t in self._problem.arcs.teacher[best].tolist())
                found.append(Reserve(need.need_id, names))
        return tuple(found)

    def _arcs_of_need(self, need: int) -> Int64:
        return self._by_need[self._need_start[need]:self._need_start[need + 1]]

    def _why_unplaced(self, teacher: int) -> str:
        arcs = np.arange(self._problem.arcs.start[teacher], self._problem.arcs.start[teacher + 1])
        if not len(arcs):
            steps = posts_left(self._problem, teacher)
            at = last_refusal(steps)
            return "not_needed" if at is None else steps[at].rule
        free = arcs[self._free[self._problem.arcs.need[arcs]] > 0]
        if not len(free):
            return "no_seat_left"
        return self._first_broken(free)

    def _why_unfilled(self, need: int) -> str:
        arcs = self._arcs_of_need(need)
        if not len(arcs):
            steps = candidates_left(self._problem, need)
            at = last_refusal(steps)
            return "no_candidate" if not at else steps[at].rule
        spare = arcs[~self._placed[self._problem.arcs.teacher[arcs]]]
        if not len(spare):
            return "all_placed_elsewhere"
        return self._first_broken(spare)

    @cached_property
    def _broken(self) -> dict[int, str | None]:
        """The first hard rule that each arc of a free seat and a free teacher would break."""
        arcs = self._problem.arcs
        free = np.flatnonzero((self._free[arcs.need] > 0) & ~self._placed[arcs.teacher])
        return dict(zip(free.tolist(), self._standing.first_broken(free), strict=True))

    def _first_broken(self, arcs: Int64) -> str:
        broken = [self._broken[a] for a in arcs.tolist()]
        return "not_needed" if None in broken else str(broken[0])
