"""A reason for every teacher without a post and every seat left empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from matching.domain.plan import Placement, Reserve, Unfilled, Unplaced
from matching.explain.funnels import NONE as NO_RULE
from matching.explain.funnels import candidates_refused, posts_refused
from matching.problem.problem import Problem, hard_requires
from matching.problem.program import Int32, Int64
from matching.problem.standing import NONE, Standing

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

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return every approved, undeferred teacher without a post, with a reason."""
        teachers = self._problem.instance.teachers
        due = np.array([teacher.status == "approved" and not teacher.deferred for teacher in teachers], np.bool_)
        idle = np.flatnonzero(due & ~self._placed)
        why = self._why(idle, self._problem.arcs.teacher, self._nowhere, "no_seat_left")
        return tuple(Unplaced(teachers[t].teacher_id, reason) for t, reason in zip(idle.tolist(), why, strict=True))

    def unfilled(self) -> tuple[Unfilled, ...]:
        """Return every need with free seats, with a reason."""
        needs = self._problem.instance.needs
        empty = np.flatnonzero(self._free > 0)
        why = self._why(empty, self._problem.arcs.need, self._nobody, "all_placed_elsewhere")
        return tuple(Unfilled(needs[n].need_id, gap, reason)
                     for n, gap, reason in zip(empty.tolist(), self._free[empty].tolist(), why, strict=True))

    @cached_property
    def spare(self) -> Int64:
        """The arcs of teachers without a post."""
        return np.flatnonzero(~self._placed[self._problem.arcs.teacher])

    def reserve(self, points: Int64) -> tuple[Reserve, ...]:
        """Return for each need the teachers without a post who could take one there, fewest `points` first.

        Parameters
        ----------
        points : int64, shape (n_arcs,); what each arc costs, of which only the `spare` ones are looked at
        """
        arcs, instance = self._problem.arcs, self._problem.instance
        spare = self.spare[np.lexsort((points[self.spare], arcs.need[self.spare]))]
        first = np.searchsorted(arcs.need[spare], np.arange(len(instance.needs)))[arcs.need[spare]]
        best = spare[np.arange(len(spare)) - first < RESERVES]
        names = tuple(instance.teachers[t].teacher_id for t in arcs.teacher[best].tolist())
        ends = pairwise(np.searchsorted(arcs.need[best], np.arange(len(instance.needs) + 1)).tolist())
        return tuple(Reserve(need.need_id, names[begin:end])
                     for need, (begin, end) in zip(instance.needs, ends, strict=True) if begin < end)

    def _why(self, asked: Int64, end: Int32, refused: Callable[[Int64], Iterable[str]], taken: str) -> list[str]:
        """Return why each of those `asked` at one end of the arcs is left out.

        `refused` says it of those without an arc, `taken` of those whose arcs all lead to what is taken.
        """
        reached = np.bincount(end, minlength=int(asked.max(initial=-1)) + 1) > 0
        alone = asked[~reached[asked]]
        words = {**self._first_broken(end), **dict(zip(alone.tolist(), refused(alone), strict=True))}
        return [words.get(one, taken) for one in asked.tolist()]

    def _nowhere(self, teachers: Int64) -> list[str]:
        """Return the rules that refuse the last posts; where there are no posts, no rule refuses any."""
        if not self._problem.instance.needs:
            return ["not_needed"] * len(teachers)
        rules = hard_requires(self._problem.policy)
        return ["not_needed" if at == NO_RULE else rules[at].id
                for at in posts_refused(self._problem, teachers).tolist()]

    def _nobody(self, needs: Int64) -> list[str]:
        """Return the rules that refuse the last teachers; one that refuses all of them says nothing of the post."""
        rules = hard_requires(self._problem.policy)
        return ["no_candidate" if at in (NO_RULE, 0) else rules[at].id
                for at in candidates_refused(self._problem, needs).tolist()]

    @cached_property
    def _open(self) -> tuple[Int64, Int64]:
        """The arcs of a free seat and a free teacher, and the first hard rule that each would break."""
        arcs = self._problem.arcs
        free = np.flatnonzero((self._free[arcs.need] > 0) & ~self._placed[arcs.teacher])
        n = len(free)
        return free, self._standing.broken(n, np.arange(n), free, np.ones(n, np.int64))

    def _first_broken(self, end: Int32) -> dict[int, str]:
        """Return what stops those at one end of open arcs: the rule that the first arc breaks, where all break one."""
        free, broken = self._open
        rows, rules = end[free], self._problem.policy.rules
        at, first = np.unique(rows, return_index=True)
        could = np.isin(at, rows[broken == NONE])
        return {row: "not_needed" if may else rules[rule].id
                for row, may, rule in zip(at.tolist(), could.tolist(), broken[first].tolist(), strict=True)}
