"""Several goals in one cost, each weighing well above those after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.problem.program import Int64

WEIGHT = 10
LARGEST_WEIGHTED = 10**9


def weights(costs: Sequence[Int64]) -> list[int]:
    """Return how much each cost weighs in the blend of all: 0 where it would go beyond what doubles tell apart."""
    found = [1]
    blended = costs[-1]
    for cost in reversed(costs[:-1]):
        weight = WEIGHT * max(1, int(np.abs(blended).max(initial=0)))
        if weight * int(np.abs(cost).max(initial=0)) >= LARGEST_WEIGHTED:
            weight = 0
        blended = blended + weight * cost
        found.append(weight)
    return found[::-1]


def blend(costs: Sequence[Int64]) -> Int64:
    """Return the sum of the costs by their weights."""
    return np.asarray(sum(weight * cost for weight, cost in zip(weights(costs), costs, strict=True)))
