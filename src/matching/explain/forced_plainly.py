"""What forcing a teacher onto a post costs the whole plan, by solving again."""

from __future__ import annotations

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


def cost_of_forcing(problem: Problem, plan: Plan, teacher: str, need: str, time_limit: float | None = None) -> Forced:
    """Solve again with an eligible pair in the plan, and compare goal by goal with `plan`."""
    column = int(problem.columns([(teacher, need)])[0])
    lower = problem.program.lower.copy()
    lower[column] = 1
    known = [plan.goals[0].bound] if plan.goals else []
    found = engines.solve(replace(problem.program, lower=lower), time_limit=time_limit, known=known)
    if found.x is None:
        return Forced((), found.status == "infeasible", None)
    exact = found.status == "optimal" and plan.status == "optimal"
    return Forced(_changes(problem, plan, found), exact, problem.decode(found.x))


def _changes(problem: Problem, plan: Plan, found: Solution) -> tuple[GoalChange, ...]:
    values = [o.sense * (int(o.cost @ np.asarray(found.x, np.int64)) + o.constant) for o in problem.program.objectives]
    return tuple(GoalChange(line.goal, value - line.value) for line, value in zip(plan.goals, values, strict=True))
