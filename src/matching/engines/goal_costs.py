"""The goals of a program as costs over the columns of its relaxation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from matching.engines.blending import blend
from matching.engines.exact import rounded_bound, step, without_constants
from matching.engines.system import System
from matching.problem.program import Int64, Objective


class GoalCosts:
    """The costs of the goals, minimised and without their constants.

    Attributes
    ----------
    costs : one int64 array a goal, shape (n_columns of the system,)
    """

    def __init__(self, objectives: Sequence[Objective], system: System) -> None:
        self._objectives = objectives
        self.costs = [system.cost(k) for k in range(len(objectives))]

    @property
    def last(self) -> int:
        """The last goal."""
        return len(self.costs) - 1

    def blend(self, goal: int) -> Int64:
        """Return the costs from `goal` on in one."""
        return blend(self.costs[goal:])

    def unit(self, goal: int) -> int:
        """Return what the goal's costs are multiples of."""
        return step(self._objectives[goal].cost)

    def limits_of(self, values: Sequence[int]) -> list[int]:
        """Return values of the first goals as costs."""
        return without_constants(self._objectives, values)

    def rounded(self, goal: int, bound: Fraction | float) -> int:
        """Return the least value of the goal that a whole plan can have where its costs are no less than `bound`."""
        return rounded_bound(self._objectives[goal], bound)

    def limit(self, goal: int, bound: Fraction | float) -> int:
        """Return `rounded` as a cost."""
        return self.rounded(goal, bound) - self._objectives[goal].constant
