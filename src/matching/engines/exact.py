"""Whole-number arithmetic on programs: no rounding, so what it says holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from matching.problem.program import INFINITE, Int64, Objective, Program

if TYPE_CHECKING:
    from scipy import sparse

EXACT_IN_DOUBLE = 2**53
EXACT_IN_INT64 = 2**62


def is_feasible(program: Program, x: Int64) -> bool:
    """Tell whether `x` meets every row and every column's bounds."""
    if np.any(x < program.lower) or np.any(x > program.upper):
        return False
    activity = program.matrix @ x
    return bool(np.all(activity >= program.row_lower) and np.all(activity <= program.row_upper))


def value(objective: Objective, x: Int64) -> int:
    """Return what is minimised: ``cost @ x + constant``."""
    return int(objective.cost @ x) + objective.constant


def step(cost: Int64) -> int:
    """Return the greatest common divisor of the costs: values of whole plans are multiples of it apart."""
    return int(np.gcd.reduce(cost, initial=0)) or 1


def sparse_cost(cost: Int64) -> tuple[Int64, Int64]:
    """Return the positions of the columns that cost anything, and what they cost."""
    at = np.flatnonzero(cost)
    return at, cost[at]


def box_minimum(cost: Int64, lower: Int64, upper: Int64) -> int:
    """Return the least ``cost @ x`` that the columns' bounds alone allow."""
    return int(np.minimum(cost * lower, cost * upper).sum())


def round_up(bound: Fraction | float, cost: Int64) -> int:
    """Return the least multiple of the costs' step that is not below `bound`.

    A solver's bound is a sum of many doubles: as a float it is taken a millionth of a unit and a billionth of itself
    lower before it is rounded, which covers the dual tolerance of 1e-7 on the thousand or so columns of a plan. An
    exact bound is a Fraction and rounded as it is.
    """
    unit = step(cost)
    if isinstance(bound, float):
        bound = bound - 1e-6 - 1e-9 * abs(bound)
    return math.ceil(Fraction(bound) / unit) * unit


def rounded_bound(objective: Objective, bound: Fraction | float) -> int:
    """Return the least value, constant included, that a whole plan can have where none costs less than `bound`."""
    return round_up(bound, objective.cost) + objective.constant


def without_constants(objectives: Sequence[Objective], limits: Sequence[int]) -> list[int]:
    """Return the limits of the first goals as limits of their costs."""
    return [limit - objective.constant for limit, objective in zip(limits, objectives, strict=False)]


def without_zeros(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return `matrix`, or a copy of it where zeros are stored, which it then lacks."""
    if matrix.data.all():
        return matrix
    clean = matrix.copy()
    clean.eliminate_zeros()
    return clean


def slack_units(objective: Objective, best: int) -> int:
    """Return the whole units of `best` that may be given up while later goals are optimised."""
    amount = objective.slack_amount
    return int(amount * abs(best) // 100) if objective.slack_percent else int(amount // 1)


def largest_sum(program: Program) -> float:
    """Return (in doubles) the largest sum of absolute terms in any row or goal: what an engine must hold exactly."""
    reach = np.maximum(np.abs(program.lower), np.abs(program.upper)).astype(np.float64)
    sums = [float((abs(program.matrix).astype(np.float64) @ reach).max(initial=0.0))]
    sums += [float(np.abs(goal.cost).astype(np.float64) @ reach) + abs(goal.constant) for goal in program.objectives]
    finite = np.concatenate([program.row_lower, program.row_upper])
    finite = np.abs(finite[np.abs(finite) < INFINITE])
    return max(*sums, float(finite.max(initial=0)))
