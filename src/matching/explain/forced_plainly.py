"""What forcing a teacher onto a post costs the whole plan, by solving again."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.domain.plan import Placement, Plan
from matching.engines import Solution
from matching.problem import Problem


class GoalChange(NamedTuple):
    """By how much one goal's value changes, in the goal's own sense."""

    goal: str
    value: int


@dataclass(frozen=True)
class Forced:
    """The best plan with the teacher at the post; `placements` is None where none was found, `exact` tells of proof."""

    goals: tuple[GoalChange, ...]
    exact: bool
    placements: tuple[Placement, ...] | None


class Forcing:
    """Forces eligible pairs, one at a time, into the plan of a problem; a context.

    Parameters
    ----------
    plan : with whose goals the answers are compared
    time_limit : seconds for all answers together; None for as long as proof takes
    """

    def __init__(self, problem: Problem, plan: Plan, time_limit: float | None = None) -> None:
        self._problem, self._plan = problem, plan
        self._deadline = math.inf if time_limit is None else time.monotonic() + time_limit

    def __enter__(self) -> Forcing:
        return self

    def __exit__(self, *_: object) -> None:
        """End what the answers share."""

    def cost(self, teacher: str, need: str) -> Forced:
        """Solve again with an eligible pair in the plan, and compare goal by goal."""
        lower = self._problem.program.lower.copy()
        lower[self._problem.columns([(teacher, need)])] = 1
        left = None if self._deadline == math.inf else max(0.0, self._deadline - time.monotonic())
        found = engines.solve(replace(self._problem.program, lower=lower), time_limit=left,
                              known=[line.bound for line in self._plan.goals[:1]])
        if found.x is None:
            return Forced((), found.status == "infeasible", None)
        exact = found.status == "optimal" and self._plan.status == "optimal"
        return Forced(self._changes(found), exact, self._problem.decode(found.x))

    def _changes(self, found: Solution) -> tuple[GoalChange, ...]:
        goals, x = self._problem.program.objectives, np.asarray(found.x, np.int64)
        values = [goal.sense * (int(goal.cost @ x) + goal.constant) for goal in goals]
        return tuple(GoalChange(line.goal, value - line.value)
                     for line, value in zip(self._plan.goals, values, strict=True))
