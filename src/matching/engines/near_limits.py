"""The limits of goals that a relaxation leaves possible, looked for step by step from what they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matching.engines.relaxation import Relaxation
from matching.problem.program import Int64

MOST_STEPS = 12
"""How many steps from what a limit was are looked at."""


class Stepped(NamedTuple):
    """What a goal's limit was, and what a step of it is."""

    limit: int
    unit: int


def near_limits(relaxation: Relaxation, leads: Int64, goals: Sequence[Stepped], deadline: float) -> list[int] | None:
    """Return the least limits of the first goals, in their order, that the relaxation leaves possible.

    None where one is more than a few steps from what it was, or time is up. That no step less is possible is proven.

    Parameters
    ----------
    leads : the cost that leads to a point within them
    """
    limits: list[int] = []
    for goal in goals:
        least = _nearest(relaxation, leads, limits, goal, deadline)
        if least is None:
            return None
        limits.append(least)
    return limits


def _nearest(relaxation: Relaxation, leads: Int64, held: list[int], goal: Stepped, deadline: float) -> int | None:
    """Return the least limit of the goal after those held."""
    first = relaxation.keeps(leads, [*held, goal.limit], deadline)
    if first is None:
        return None
    way = -goal.unit if first else goal.unit
    for steps in range(1, MOST_STEPS + 1):
        limit = goal.limit + steps * way
        found = relaxation.keeps(leads, [*held, limit], deadline)
        if found is None:
            return None
        if found != first:
            return limit if found else limit + goal.unit
    return None
