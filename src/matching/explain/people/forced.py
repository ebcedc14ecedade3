"""What forcing a teacher onto a post costs the whole plan, by solving again."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matching.domain.plan import Placement, Plan
from matching.engines import Change, Solution
from matching.explain.people.nearer import nearer
from matching.explain.solved import NOTHING, SolvedPlan, Start
from matching.problem import Problem


class GoalChange(NamedTuple):
    """By how much one goal's value changes, in the goal's own sense."""

    goal: str
    value: int


@dataclass(frozen=True)
class Forced:
    """The best plan with the teacher at the post; `placements` is None where none was found, `exact` tells of proof.

    Of several plans as good, `placements` are those of one near the plan that it is compared with.
    """

    goals: tuple[GoalChange, ...]
    exact: bool
    placements: tuple[Placement, ...] | None


class Forcing:
    """Forces eligible pairs, one at a time, into the plan of a problem; a context.

    The first answer takes as long as it takes to stand where the plan was found; each further one is found from there.

    Parameters
    ----------
    plan : with whose goals the answers are compared
    time_limit : seconds for all answers together; None for as long as proof takes
    start : what shortens the first answer
    """

    def __init__(self, problem: Problem, plan: Plan, time_limit: float | None = None, start: Start = NOTHING) -> None:
        self._problem, self._plan = problem, plan
        self._solved = SolvedPlan(problem, plan, start)
        self._before = problem.columns([(p.teacher, p.need) for p in plan.placements])
        self._deadline = math.inf if time_limit is None else time.monotonic() + time_limit

    def __enter__(self) -> Forcing:
        return self

    def __exit__(self, *reason: object) -> None:
        """End what the answers share."""
        self._solved.__exit__(*reason)

    def cost(self, teacher: str, need: str) -> Forced:
        """Solve again with an eligible pair in the plan, and compare goal by goal."""
        column, one = self._problem.columns([(teacher, need)]), np.ones(1, np.int64)
        left = None if self._deadline == math.inf else max(0.0, self._deadline - time.monotonic())
        found = self._solved.solve(Change(column, one, one), left)
        if found.x is None:
            return Forced((), found.status == "infeasible", None)
        exact = found.status == "optimal" and self._plan.status == "optimal"
        near = nearer(self._problem, self._before, found.x, column)
        return Forced(self._changes(found), exact, self._problem.decode(near))

    def _changes(self, found: Solution) -> tuple[GoalChange, ...]:
        assert found.x is not None
        return tuple(GoalChange(line.goal, goal.value(found.x) - line.value)
                     for line, goal in zip(self._plan.goals, self._problem.program.objectives, strict=True))
