"""Several goals in one cost, each weighing well above those after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.problem.program import Int64

WEIGHT = 10
LARGEST = 10**6
"""What goals between the first and the last may bring a blend to. To tell ties apart simplex adds to each cost some
millionth of it: of a cost of many millions that hides the last goal, and minutes go by in which it strays."""
LARGEST_TOLD_APART = 10**9


def weights(costs: Sequence[Int64]) -> list[int]:
    """Return how much each cost weighs in the blend of all: the first always something, 0 what is left out.

    Between the first and the last, the later ones come first. The last is left out, with all between, where doubles
    could not tell it apart from the first.
    """
    first, last = costs[0], len(costs) - 1
    found, blended = [0] * len(costs), costs[last]
    found[last] = 1
    for k in range(last - 1, 0, -1):
        weight = _above(blended)
        if weight * _largest(costs[k]) > 2 * LARGEST:
            continue  # so is what comes of it, and 64 bits might not hold that
        larger = blended + weight * costs[k]
        if _largest(larger + _above(larger) * first) <= LARGEST:
            found[k], blended = weight, larger
    if not last:
        return found
    weight = _above(blended)
    if weight * _largest(first) >= LARGEST_TOLD_APART:
        return [1] + [0] * last
    return [weight, *found[1:]]


def _above(cost: Int64) -> int:
    return WEIGHT * max(1, _largest(cost))


def _largest(cost: Int64) -> int:
    return int(np.abs(cost).max(initial=0))


def blend(costs: Sequence[Int64]) -> Int64:
    """Return the sum of the costs by their weights."""
    return np.asarray(sum(weight * cost for weight, cost in zip(weights(costs), costs, strict=True)))
