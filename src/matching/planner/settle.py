"""What an interrupted solve left loose, made tight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching import engines
from matching.engines import GoalOutcome, Solution
from matching.engines.solution import gap
from matching.problem import Problem
from matching.problem.program import Program


def settled(problem: Problem, solution: Solution) -> Solution:
    """Return `solution` with every column beyond the arcs at its best for the same placements.

    A solve that stops before a goal is reached, or gives up some of it, leaves shortfall columns larger than the plan
    needs, and the plan would then be said to fall short by more than it does.
    """
    if solution.x is None or not _loose(problem.program, solution):
        return solution
    tight = engines.completed(problem.program, solution.x)
    if tight.x is None:
        return solution
    goals = tuple(_outcome(old, new) for old, new in zip(solution.goals, tight.goals, strict=True))
    return replace(solution, x=tight.x, goals=goals)


def pinned(program: Program, x: np.ndarray) -> np.ndarray:
    """Return `x` with every column beyond the arcs at its best for the goals in order; as it is where time is short."""
    if program.n_columns == program.n_arcs:
        return x
    tight = engines.completed(program, x)
    return x if tight.x is None else tight.x


def _loose(program: Program, solution: Solution) -> bool:
    """Tell whether a goal that counts columns beyond the arcs was left unproven, or may be given up in part."""
    return any((outcome.gap or goal.slack_amount) and goal.cost[program.n_arcs:].any()
               for goal, outcome in zip(program.objectives, solution.goals, strict=True))


def _outcome(old: GoalOutcome, new: GoalOutcome) -> GoalOutcome:
    """Return a goal's outcome with the better of both values, under the bound that was proven for all plans."""
    best = min(old.best, new.best, key=lambda value: abs(value - old.bound))
    return old._replace(best=best, gap=gap(best, old.bound))
