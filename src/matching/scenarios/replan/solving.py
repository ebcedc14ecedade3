"""The solves of a replanning, each by the shortest way that proves it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from matching import engines
from matching.engines import GoalOutcome, Solution, Stop
from matching.engines.among import narrowed
from matching.engines.least_moves import LeastMoves
from matching.engines.settings import Settings
from matching.engines.solution import NO_MESSAGE
from matching.problem.program import Int64, Program
from matching.scenarios.replan.target import Target

MANY_ARCS = 2_000_000
"""From so many on, what is near the plan is not worked by itself."""


@dataclass(frozen=True)
class Ground:
    """What all solves of one replanning share."""

    seed: int = 0
    workers: int = 2
    deadline: float = math.inf
    stop: Stop | None = None

    @property
    def left(self) -> float | None:
        """Seconds left; None for as long as it takes."""
        return None if math.isinf(self.deadline) else max(0.0, self.deadline - time.monotonic())

    def solve(self, program: Program, start: Int64 | None = None) -> Solution:
        """Solve a program in a process of its own."""
        return engines.solve(program, seed=self.seed, workers=self.workers, time_limit=self.left, stop=self.stop,
                             start=start)


@dataclass(frozen=True)
class Found:
    """What came of it: `moves` first; `solution` is by the problem's own goals, `best` what these are at best.

    Attributes
    ----------
    solution : its goals' bounds are proven among plans that move as few and lose no more than is allowed
    moves : the least number of placements given up; None where there is no plan
    best : what is proven of the goals whatever moves, as far as it had to be known
    """

    solution: Solution
    moves: GoalOutcome | None = None
    best: tuple[GoalOutcome, ...] = ()


def least_moves(target: Target, ground: Ground) -> Found:
    """Find the plan of fewest moves that loses no more than is allowed, and prove it."""
    best: Solution | None = None
    if not target.limited:
        found = _near(target, target.program(), None, ground)
        if found is not None:
            return _found(target, found, best)
    best = ground.solve(target.problem.program)
    if best.x is None:
        return Found(best)
    values = [goal.sense * o.best for goal, o in zip(target.goals, best.goals, strict=True)]
    program = target.program(values)
    near = _near(target, program, values[:target.exact], ground) if best.status == "optimal" else None
    return _found(target, near or ground.solve(program, best.x), best)


def _near(target: Target, program: Program, best: list[int] | None, ground: Ground) -> Solution | None:
    """Return the proven solution, found from the plan in force; None where that does not lead to it."""
    if program.n_arcs > MANY_ARCS or not len(target.kept):
        return None
    began = time.monotonic()
    search = LeastMoves(program, target.exact, target.kept, Settings(ground.seed, 1, ground.deadline))
    if not search.work(best):
        return None
    return Solution("optimal", search.ledger.x, search.ledger.outcomes(), None, NO_MESSAGE, "highs",
                    time.monotonic() - began)


def _found(target: Target, solution: Solution, best: Solution | None) -> Found:
    if solution.x is None:
        return Found(solution)
    at = target.exact
    own = (*solution.goals[:at], *solution.goals[at + 1:])
    proven = best.goals if best is not None else own[:at]
    return Found(replace(solution, goals=own), solution.goals[at], proven)


def nobody_else(target: Target, ground: Ground) -> Solution:
    """Return the best plan in which all who can stay where they are do."""
    program = target.problem.program
    lower = program.lower.copy()
    lower[target.kept] = 1
    small = narrowed(replace(program, lower=lower))
    if small is None:
        return Solution("infeasible", None, (), None, NO_MESSAGE, "highs", 0.0)
    found = engines.solve(small.program, seed=ground.seed, workers=1, time_limit=ground.left, in_process=True)
    return found if found.x is None else replace(found, x=small.whole(np.asarray(found.x, np.int64)))


def held(target: Target, solution: Solution, found: Found) -> bool:
    """Tell whether a solution keeps every goal that is held within what it may lose."""
    for goal, loss, mine, best in zip(target.goals, target.losses, solution.goals, found.best, strict=False):
        allowed = 0 if loss is None else loss.units(best.best)
        if loss is not None and goal.sense * (mine.best - best.best) > allowed:
            return False
    return True


