"""Goals in order as one cost, each outweighing those after it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from matching.engines.flow import Cost
from matching.problem.program import Int64

LIGHT = 2
"""Twice on any column, mostly all that it takes; once falls short with every other large network."""
WORTH_LIGHTER = 25
"""How many times lighter a guess must be than the exact costs: two rounds of the solver's scaling."""


def in_order(goals: Sequence[Int64], spans: Sequence[int], most: int) -> tuple[Cost, ...] | None:
    """Return the goals as costs to be minimised in turn, as many successive ones made one as can be.

    Parameters
    ----------
    goals : the costs of each goal, in order
    spans : what two plans can differ by at most in each goal (of the first, anything)
    most : what no cost may reach; None is returned where a goal alone does
    """
    joined: list[Cost] = []
    first = 0
    while first < len(goals):
        end = next((end for end in range(len(goals), first, -1)
                    if _largest(goals[first:end], _exact(spans[first:end])) < most), first)
        if end == first:
            return None
        joined.append(_joined(goals[first:end], spans[first:end]))
        first = end
    return tuple(joined)


def _joined(goals: Sequence[Int64], spans: Sequence[int]) -> Cost:
    exact, light = _exact(spans), _light(goals)
    if _largest(goals, exact) < WORTH_LIGHTER * _largest(goals, light):
        return Cost(_sum(goals, exact))
    return Cost(_sum(goals, exact), _sum(goals, light))


def _exact(spans: Sequence[int]) -> list[int]:
    """Return weights under which each goal outweighs all that plans can differ by in those after it."""
    return [prod(span + 1 for span in spans[k + 1:]) for k in range(len(spans))]


def _light(goals: Sequence[Int64]) -> list[int]:
    """Return weights under which each goal outweighs those after it `LIGHT` times on any single column."""
    weights: list[int] = []
    largest = 0
    for goal in reversed(goals):
        weights.append(LIGHT * largest + 1)
        largest += weights[-1] * int(np.abs(goal).max(initial=0))
    return weights[::-1]


def _largest(goals: Sequence[Int64], weights: Sequence[int]) -> int:
    return sum(w * int(np.abs(goal).max(initial=0)) for w, goal in zip(weights, goals, strict=True))


def _sum(goals: Sequence[Int64], weights: Sequence[int]) -> Int64:
    return np.asarray(sum(w * goal for w, goal in zip(weights, goals, strict=True)), np.int64)
