"""What one more or one fewer is worth to the whole plan: bounded by dual prices, proven by solving again."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
from matching.explain.inquiry import Inquiry
from matching.explain.patience import Patience
from matching.explain.people.forced import GoalChange
from matching.explain.prices.change import as_change, never_holds
from matching.explain.prices.edits import Edit, edited
from matching.explain.prices.units import Unit
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


class _Known(NamedTuple):
    """What is known of a unit before it is solved for.

    Attributes
    ----------
    price : a bound, or the price where it follows without solving
    change : the unit as other bounds of the problem's program; else `edit` is the program that it makes
    many : how many goals can be compared
    """

    price: Price
    change: Change | None
    edit: Edit | None
    many: int


class Pricing:
    """Prices units of one plan's problem; a context that ends what the answers share.

    Prices compare the best plan with a unit more or less with the best plan as it is, by the goals that the plan was
    made by.

    Parameters
    ----------
    time_limit : seconds for all answers together; None for as long as proof takes

    Attributes
    ----------
    patience : once it is over, nothing more is solved for
    """

    def __init__(self, inquiry: Inquiry, time_limit: float | None = None, *, workers: int = 2) -> None:
        self.problem = inquiry.problem
        self.patience = Patience.of(time_limit)
        self._workers = workers
        self._solved = SolvedPlan(self.problem, inquiry.plan, inquiry.start, workers=workers)
        self._own = solution_of(self.problem, inquiry.plan)
        self._known: dict[Unit, _Known] = {}

    def __enter__(self) -> Pricing:
        return self

    def __exit__(self, *reason: object) -> None:
        self._solved.__exit__(*reason)

    @cached_property
    def base(self) -> Solution | None:
        """The best plan as it is; None where none was proven in time."""
        found = self._own or self._solved.solve(Change(), self._left())
        return found if found.status == "optimal" else None

    @cached_property
    def duals(self) -> Duals:
        """The dual prices beside the best plan."""
        program = self.problem.program
        return Duals(program, attained(program, [goal.best for goal in self._proven.goals]), self.patience.deadline)

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
        if unit not in self._known:
            self._known[unit] = self._look(unit)
        known = self._known[unit]
        return self._by_solving(known) if solve and not (known.price.exact or self.patience.over) else known.price

    def looked_at(self, unit: Unit, patience: Patience) -> Price | None:
        """Return the bound of a unit, or its price where it follows; None where it is not known and time is up."""
        return None if patience.over and unit not in self._known else self.price(unit, solve=False)

    def _look(self, unit: Unit) -> _Known:
        edit = edited(self.problem, unit)
        change = as_change(self.problem.program, edit, one_each(self.problem))
        program = edit.program if change is None else changed(self.problem.program, change)
        many = self._many(edit.program, change)
        if change is not None and never_holds(program, change.rows):
            return _Known(Price(unit, (), True, possible=False), change, None, many)
        beyond = self.duals.beyond(program, bounds_alone=change is not None,
                                   renamed=edit.alike if change is None else {})[:many]
        if self._unchanged(edit, change, beyond, many):
            return _Known(Price(unit, self._told([0] * many), True, placed=0), change, None, many)
        return _Known(Price(unit, self._told(beyond), False), change, edit if change is None else None, many)

    def _many(self, other: Program, change: Change | None) -> int:
        """Return how many goals can be compared: the levels behind evenness may be others with another program."""
        names = [o.name for o in self.problem.program.objectives]
        if change is not None:
            return len(names)
        level = next((k for k, name in enumerate(names) if k and name == names[k - 1] == "fair"), len(names))
        return min(level, len(other.objectives))

    def _told(self, changes: Sequence[int]) -> tuple[GoalChange, ...]:
        """Return changes of minimised goals in the goals' own sense."""
        return tuple(GoalChange(o.name, o.sense * change)
                     for o, change in zip(self.problem.program.objectives, changes, strict=False))

    def _unchanged(self, edit: Edit, change: Change | None, beyond: Sequence[int], many: int) -> bool:
        """Tell whether the plan stays possible while no better one can have become so."""
        x = self._carried(edit)
        if x is None or not is_feasible(edit.program, x):
            return False
        if change is not None and tightens(self.problem.program, changed(self.problem.program, change)):
            return True
        return len(beyond) == many and not any(beyond)

    def _carried(self, edit: Edit) -> Int64 | None:
        """Return the plan as the edited program has it, where it has all of it."""
        if edit.at is None:
            return None
        first = np.zeros(len(edit.at), np.bool_)
        first[np.unique(edit.at, return_index=True)[1]] = True
        x = np.where(first, self.x[edit.at], 0)
        return x if x.sum() == self.x.sum() else None

    def _by_solving(self, known: _Known) -> Price:
        found, bound = self._solve(known), known.price
        if found.status == "infeasible":
            return Price(bound.unit, (), True, possible=False, solved=True)
        if found.status != "optimal" or found.x is None:
            return replace(bound, solved=True)
        pairs = zip(found.goals[:known.many], self._proven.goals, strict=False)
        program = self.problem.program
        arcs = program.n_arcs if known.edit is None else known.edit.program.n_arcs
        placed = int(found.x[:arcs].sum() - self.x[:program.n_arcs].sum())
        return Price(bound.unit, tuple(GoalChange(now.name, now.best - was.best) for now, was in pairs), True,
                     placed=placed, solved=True)

    def _solve(self, known: _Known) -> Solution:
        if known.edit is None:
            assert known.change is not None
            return self._solved.solve(known.change, self._left())
        return engines.solve(known.edit.program, time_limit=self._left(), workers=self._workers,
                             start=self._carried(known.edit))

    def _left(self) -> float | None:
        return None if math.isinf(self.patience.deadline) else self.patience.left()

