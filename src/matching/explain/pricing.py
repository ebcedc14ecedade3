"""What one more or one fewer is worth to the whole plan: bounded by dual prices, proven by solving again."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.engines import Change, Solution
from matching.engines.change import changed, tightens
from matching.engines.duals import Duals, attained
from matching.engines.exact import is_feasible
from matching.explain.caps import one_each
from matching.explain.forced import GoalChange
from matching.explain.inquiry import Inquiry
from matching.explain.price_change import as_change
from matching.explain.price_edits import Edit, edited
from matching.explain.price_units import Unit
from matching.explain.solved import SolvedPlan, solution_of
from matching.problem.program import Int64, Program


@dataclass(frozen=True)
class Price:
    """By how much one unit changes each goal of the best plan there is.

    Attributes
    ----------
    goals : in order, in the goals' own sense; of a bound only as far as it is known
    exact : proven; else a bound: no plan with the unit changed is better than that, compared goal by goal in order
    possible : whether the hard rules can all hold then; False only where that is proven
    placed : how many more are placed in the plan found; None where none was looked for
    solved : whether solving again was called for
    """

    unit: Unit
    goals: tuple[GoalChange, ...]
    exact: bool
    possible: bool = True
    placed: int | None = None
    solved: bool = False


class _Ready(NamedTuple):
    """A unit's program, and the same as a change of bounds where it is one."""

    edit: Edit
    change: Change | None


class Pricing:
    """Prices units of one plan's problem; a context that ends what the answers share.

    Prices compare the best plan with a unit more or less with the best plan as it is, by the goals that the plan was
    made by.

    Parameters
    ----------
    time_limit : seconds for all answers together; None for as long as proof takes
    """

    def __init__(self, inquiry: Inquiry, time_limit: float | None = None, *, workers: int = 2) -> None:
        self.problem = inquiry.problem
        self._deadline = math.inf if time_limit is None else time.monotonic() + time_limit
        self._workers = workers
        self._solved = SolvedPlan(self.problem, inquiry.plan, workers=workers)
        self._known = solution_of(self.problem, inquiry.plan)

    def __enter__(self) -> Pricing:
        return self

    def __exit__(self, *reason: object) -> None:
        self._solved.__exit__(*reason)

    @cached_property
    def base(self) -> Solution | None:
        """The best plan as it is; None where none was proven in time."""
        found = self._known or self._solved.solve(Change(), self._left())
        return found if found.status == "optimal" else None

    @cached_property
    def duals(self) -> Duals:
        """The dual prices beside the best plan."""
        program = self.problem.program
        return Duals(program, attained(program, [goal.best for goal in self._proven.goals]), self._deadline)

    @property
    def x(self) -> Int64:
        """The best plan's columns."""
        return np.asarray(self._proven.x, np.int64)

    @property
    def _proven(self) -> Solution:
        if self.base is None:
            raise LookupError("the plan is not proven: what a unit is worth has nothing to be compared with")
        return self.base

    def price(self, unit: Unit, *, solve: bool = True) -> Price:
        """Return what a unit is worth, by solving again unless it follows from what is known.

        Parameters
        ----------
        solve : whether to solve again; a bound is returned otherwise
        """
        ready = self._ready(unit)
        bound = self._bound(unit, ready)
        if self._unchanged(ready, bound):
            return Price(unit, self._told([0] * len(bound.goals) + [0] * (self._many(ready) - len(bound.goals))), True,
                         placed=0)
        return self._by_solving(unit, ready, bound) if solve else bound

    def _ready(self, unit: Unit) -> _Ready:
        edit = edited(self.problem, unit)
        return _Ready(edit, as_change(self.problem.program, edit, one_each(self.problem)))

    def _many(self, ready: _Ready) -> int:
        """Return how many goals can be compared: the levels behind evenness may be others with another program."""
        before, after = self.problem.program.objectives, ready.edit.program.objectives
        if ready.change is not None:
            return len(before)
        names = [o.name for o in before]
        level = next((k for k, name in enumerate(names) if k and name == names[k - 1] == "fair"), len(names))
        return min(level, len(after))

    def _bound(self, unit: Unit, ready: _Ready) -> Price:
        beyond = self.duals.beyond(_program(self.problem.program, ready), bounds_alone=ready.change is not None,
                                   renamed={} if ready.change is not None else ready.edit.alike)[:self._many(ready)]
        return Price(unit, self._told(beyond), False)

    def _told(self, changes: list[int] | tuple[int, ...]) -> tuple[GoalChange, ...]:
        """Return changes of minimised goals in the goals' own sense."""
        return tuple(GoalChange(o.name, o.sense * change)
                     for o, change in zip(self.problem.program.objectives, changes, strict=False))

    def _unchanged(self, ready: _Ready, bound: Price) -> bool:
        """Tell whether the plan stays possible while no better one can have become so."""
        program, x = ready.edit.program, self._carried(ready)
        if x is None or not is_feasible(program, x):
            return False
        if ready.change is not None and tightens(self.problem.program, _program(self.problem.program, ready)):
            return True
        return len(bound.goals) == self._many(ready) and not any(goal.value for goal in bound.goals)

    def _carried(self, ready: _Ready) -> Int64 | None:
        """Return the plan as the edited program has it, where it has all of it."""
        at = ready.edit.at
        if at is None:
            return None
        first = np.zeros(len(at), np.bool_)
        first[np.unique(at, return_index=True)[1]] = True
        x = np.where(first, self.x[at], 0)
        return x if x.sum() == self.x.sum() else None

    def _by_solving(self, unit: Unit, ready: _Ready, bound: Price) -> Price:
        found = self._solve(ready)
        if found.status == "infeasible":
            return Price(unit, (), True, possible=False, solved=True)
        if found.status != "optimal" or found.x is None:
            return replace(bound, solved=True)
        pairs = zip(found.goals, self._proven.goals, strict=False)
        changes = [GoalChange(now.name, now.best - was.best) for now, was in pairs]
        arcs = self.problem.program.n_arcs if ready.change is not None else ready.edit.program.n_arcs
        placed = int(found.x[:arcs].sum() - self.x[:self.problem.program.n_arcs].sum())
        return Price(unit, tuple(changes[:self._many(ready)]), True, placed=placed, solved=True)

    def _solve(self, ready: _Ready) -> Solution:
        left = self._left()
        if ready.change is not None:
            return self._solved.solve(ready.change, left)
        return engines.solve(ready.edit.program, time_limit=left, workers=self._workers, start=self._carried(ready))

    def _left(self) -> float | None:
        return None if math.isinf(self._deadline) else max(0.0, self._deadline - time.monotonic())


def _program(program: Program, ready: _Ready) -> Program:
    """Return the unit's program, with the former one's rows and columns where that can be."""
    return ready.edit.program if ready.change is None else changed(program, ready.change)
