"""A plan's problem, solved again and again under changes of its bounds."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.domain.plan import Plan
from matching.engines import Change, GoalOutcome, Resolver, Solution, Waiting
from matching.engines.solution import NO_MESSAGE
from matching.problem import Problem
from matching.problem.program import Int64, Program


class Start(NamedTuple):
    """What shortens the first answer: a file that keeps whence answers begin, and a process that is there already."""

    place: Path | None = None
    waiting: Waiting | None = None


NOTHING = Start()


class SolvedPlan:
    """Solves the problem of a plan under changes, each from the plan; a context that ends what the answers share.

    Parameters
    ----------
    problem : by the goals that the plan was made by
    plan : where it is optimal, what it proves is not proven again
    start : what shortens the first answer
    """

    def __init__(self, problem: Problem, plan: Plan, start: Start = NOTHING, *, workers: int = 2) -> None:
        self._resolver = Resolver(problem.program, seed=plan.seed, workers=workers, known=solution_of(problem, plan),
                                  place=start.place, waiting=start.waiting)

    def __enter__(self) -> SolvedPlan:
        return self

    def __exit__(self, *reason: object) -> None:
        self._resolver.__exit__(*reason)

    def solve(self, change: Change, time_limit: float | None = None) -> Solution:
        """Return the best solution under a change of the problem's bounds; see `matching.engines.Resolver`."""
        return self._resolver.solve(change, time_limit=time_limit)


def solution_of(problem: Problem, plan: Plan) -> Solution | None:
    """Return the solution that an optimal plan is; None where the plan is not one, or not by these goals."""
    objectives = problem.program.objectives
    if plan.status != "optimal" or [line.goal for line in plan.goals] != [o.name for o in objectives]:
        return None
    arcs = problem.columns([(p.teacher, p.need) for p in plan.placements])
    if np.any(arcs < 0):
        return None
    x = _whole(problem.program, arcs)
    if x is None or any(line.bound != o.value(x) for line, o in zip(plan.goals, objectives, strict=True)):
        return None
    goals = tuple(GoalOutcome(line.goal, line.bound, line.bound, 0.0) for line in plan.goals)
    return Solution("optimal", x, goals, None, NO_MESSAGE, "highs", 0.0)


def _whole(program: Program, chosen: Int64) -> Int64 | None:
    """Return all columns of the plan of some arcs, those beyond the arcs at their best."""
    arcs = np.zeros(program.n_arcs, np.int64)
    arcs[chosen] = 1
    return arcs if program.n_columns == program.n_arcs else engines.completed(program, arcs, in_process=True).x
