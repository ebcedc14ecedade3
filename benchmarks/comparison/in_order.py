"""The goals in order on a solver that knows one: each optimised, then held while the next is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from benchmarks.comparison.case import Answer, Case, chosen
from scipy import sparse

from matching.engines.exact import slack_units
from matching.engines.lifting import lift
from matching.engines.system import system_of
from matching.problem.program import INFINITE, Int64, Program


@dataclass(frozen=True)
class Model:
    """``row_lower <= matrix @ x <= row_upper``, ``lower <= x <= upper``, x whole; one cost a goal."""

    matrix: sparse.csr_array
    row_lower: Int64
    row_upper: Int64
    lower: Int64
    upper: Int64
    costs: tuple[Int64, ...]

    def held(self, goal: int, limit: int) -> Model:
        """Return the model with the cost of `goal` at most `limit`."""
        row = sparse.csr_array(self.costs[goal][None, :])
        return Model(sparse.csr_array(sparse.vstack([self.matrix, row], format="csr")),
                     np.r_[self.row_lower, -INFINITE], np.r_[self.row_upper, limit], self.lower, self.upper, self.costs)


class Found(NamedTuple):
    """The best x, or None, and a bound of the cost, or None."""

    x: Int64 | None
    bound: float | None


Minimise = Callable[[Model, int, Int64 | None, float], Found]
"""Model, goal, a plan to start from and seconds."""


def plain(program: Program) -> Model:
    """Return the program as it stands."""
    return Model(program.matrix, program.row_lower, program.row_upper, program.lower, program.upper,
                 tuple(goal.cost for goal in program.objectives))


def lifted(program: Program) -> Model:
    """Return the program with counts as columns of their own, which leaves each arc in few rows."""
    system = lift(system_of(program), program.n_arcs).system
    return Model(system.matrix, system.row_lower, system.row_upper, system.lower, system.upper,
                 tuple(system.cost(k) for k in range(len(program.objectives))))


def in_order(case: Case, model: Model, minimise: Minimise, seconds: float) -> Answer:
    """Work the goals in order; of n goals to go the next has 2 / (n + 1) of the time left, as this engine's has."""
    deadline = time.monotonic() + seconds
    goals = case.program.objectives
    x: Int64 | None = None
    bounds: list[int] = []
    for k, goal in enumerate(goals):
        left = deadline - time.monotonic()
        found = minimise(model, k, x, max(0.1, left * 2 / (len(goals) - k + 1)))
        x = found.x if found.x is not None else x
        if x is None:
            return Answer(None)
        bounds.append(goal.sense * (_whole(found.bound, model, k) + goal.constant))
        value = int(model.costs[k] @ x)
        model = model.held(k, value + slack_units(goal, value + goal.constant))
    return Answer(chosen(x, case), bounds)


def _whole(bound: float | None, model: Model, goal: int) -> int:
    """Return the least whole cost that the bound allows, or that the columns alone allow."""
    cost = model.costs[goal]
    least = int(np.minimum(cost * model.lower, cost * model.upper).sum())
    if bound is None or not math.isfinite(bound):
        return least
    return max(least, math.ceil(bound - 1e-6 - 1e-9 * abs(bound)))
