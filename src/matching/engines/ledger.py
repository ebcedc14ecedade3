"""What is known of a program's goals while it is being solved: the best plan, the bounds, the goals done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from matching.engines.change import tightens
from matching.engines.exact import box_minimum, is_feasible, rounded_bound, slack_units, value
from matching.engines.solution import GoalOutcome, gap
from matching.problem.program import Int64, Program


class Incumbent(NamedTuple):
    """A better plan, as the positions and values of its columns that are not zero."""

    columns: Int64
    values: Int64


def incumbent(x: Int64) -> Incumbent:
    """Return the plan that the values of all columns are."""
    columns = np.flatnonzero(x)
    return Incumbent(columns, x[columns])


class Bound(NamedTuple):
    """A proven bound of one goal, minimised, constant included."""

    goal: int
    bound: int


class Closed(NamedTuple):
    """The goal at work is done."""


Event = Incumbent | Bound | Closed


def _nobody(event: Event) -> None:
    """Hear nothing."""


class Ledger:
    """The state of a solve: goals are worked in order, and `goal` is the index of the one at work.

    Engines offer plans and bounds; the ledger takes what is exactly feasible and better, and tells `listener`.
    Replaying the events into another ledger gives the same state: so the caller knows all that a worker knew when it
    died.
    Values and bounds are minimised ones, constants included.
    """

    def __init__(self, program: Program, listener: Callable[[Event], None] = _nobody) -> None:
        self.program = program
        self.goal = 0
        self.x: Int64 | None = None
        self.values: tuple[int, ...] = ()
        self.bounds = [rounded_bound(o, box_minimum(o.cost, program.lower, program.upper))
                       for o in program.objectives]
        self._best: list[int] = []
        self._listener = listener

    @property
    def done(self) -> bool:
        """Whether every goal was worked."""
        return self.goal == len(self.program.objectives)

    @property
    def proven(self) -> bool:
        """Whether the goal at work has a plan that attains its bound."""
        return self.x is not None and self.values[self.goal] <= self.bounds[self.goal]

    @property
    def limits(self) -> tuple[int, ...]:
        """What each goal done may not exceed: its best, and its slack."""
        goals = self.program.objectives
        return tuple(best + slack_units(goals[k], best) for k, best in enumerate(self._best))

    def offer(self, x: Int64) -> bool:
        """Take `x` if it is feasible, keeps the goals done and is better in the goals from the one at work on."""
        values = tuple(value(o, x) for o in self.program.objectives)
        if self.x is not None and values[self.goal:] >= self.values[self.goal:]:
            return False
        if any(v > limit for v, limit in zip(values, self.limits, strict=False)) or not is_feasible(self.program, x):
            return False
        self.x, self.values = x.astype(np.int64), values
        self._listener(incumbent(self.x))
        return True

    def raise_bound(self, goal: int, bound: int) -> None:
        """Note that no plan within the limits has less than `bound` in `goal`."""
        if goal == self.goal and self.x is not None:
            bound = min(bound, self.values[goal])
        if bound > self.bounds[goal]:
            self.bounds[goal] = bound
            self._listener(Bound(goal, bound))

    def close(self) -> None:
        """End the goal at work, with its bound attained or not, and go on to the next."""
        self._best.append(self.values[self.goal])
        self.goal += 1
        self._listener(Closed())

    def stays(self, before: Program, x: Int64, values: Sequence[int]) -> bool:
        """Tell whether the best plan of another program is the best of this one, and raise the bounds to it.

        So it is where it is feasible and this program has no plan that the other has not.

        Parameters
        ----------
        values : what was proven of the other program's goals, minimised, constants included
        """
        if any(goal.slack_amount for goal in before.objectives[:-1]):
            return False
        if not tightens(before, self.program) or not is_feasible(self.program, x):
            return False
        for goal, best in enumerate(values):
            self.raise_bound(goal, best)
        return True

    def replay(self, event: Event) -> None:
        """Do what another ledger did."""
        if isinstance(event, Incumbent):
            x = np.zeros(self.program.n_columns, np.int64)
            x[event.columns] = event.values
            self.offer(x)
        elif isinstance(event, Bound):
            self.raise_bound(event.goal, event.bound)
        else:
            self.close()

    def outcomes(self) -> tuple[GoalOutcome, ...]:
        """Return every goal in its own sense; none without a plan."""
        if self.x is None:
            return ()
        return tuple(self._outcome(k) for k in range(len(self.program.objectives)))

    def _outcome(self, k: int) -> GoalOutcome:
        goal = self.program.objectives[k]
        best = min([self.values[k], *self._best[k:k + 1]])
        bound = min(self.bounds[k], best)
        return GoalOutcome(goal.name, goal.sense * best, goal.sense * bound, gap(best, bound))
