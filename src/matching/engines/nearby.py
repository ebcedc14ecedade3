"""Changes of a program that is solved: first looked for is a plan that is as good in every goal but the last.

Most changes, a pair that is forced or a few teachers withdrawn, leave it possible to fill as much and to miss the
rules as little; only the last goal, what the plan costs, is then worse by a little. So the relaxation of the last goal
with the others held is solved from the basis that it had; by what the best plan exceeded it, it probably will again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.certificate import Certificate
from matching.engines.change import tightens
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.relaxation import Relaxed
from matching.engines.settings import Settings
from matching.engines.simplex import PRIMAL_SIMPLEX
from matching.engines.standing import Standing
from matching.problem.program import Program

MORE, LEAST_UNITS = Fraction(13, 10), 2
"""By what the excess over the relaxation, as it was, is multiplied, and how many units it is at the least."""
MOST_STEPS = 20
"""How many steps up from what it was a goal is looked for, before its own relaxation is solved."""
MOST_ROUNDED = 4
"""How many steps up rounding may call for."""


class _Base(NamedTuple):
    """The program as it was: what was proven of it, the limits of all goals but the last, and the last one's excess."""

    program: Program
    values: tuple[int, ...]
    limits: list[int]
    excess: Fraction


class Nearby:
    """A search that has solved a program, and solves changes of it from there, each as if it were the first.

    Parameters
    ----------
    ledger : of the program, all of its goals proven
    standing : where another such search stood; this one has then solved nothing yet
    """

    def __init__(self, search: GoalSearch, ledger: Ledger, deadline: float, standing: Standing | None = None) -> None:
        self.search = search
        self._base: _Base | None = None
        limits = search.goals.limits_of(ledger.limits)[:-1]
        certificate = _stood_up(search, limits, deadline) if standing is None else _resumed(
            search, limits, deadline, standing)
        if certificate is None:
            return
        search.mark()
        value = ledger.values[-1] - ledger.program.objectives[-1].constant
        self._base = _Base(ledger.program, ledger.values, limits, value - certificate.bound)

    @property
    def stands(self) -> bool:
        """Whether there is a state to begin from."""
        return self._base is not None

    def turn_to(self, program: Program, settings: Settings) -> None:
        """Return to the program as it was, and from there to `program`."""
        self.search.return_to_mark()
        self.search.turn_to(program, settings)

    def look(self, ledger: Ledger, deadline: float) -> None:
        """Look for the plan that is best in the last goal where the others are as good as the relaxation lets them be.

        Whatever is found is told to the ledger, and what is proven by it.
        """
        base, search = self._base, self.search
        assert base is not None
        limits, relaxed = self._held(ledger, deadline)
        if relaxed.certificate is None:
            return
        if limits:
            ledger.raise_bound(0, limits[0] + ledger.program.objectives[0].constant)
        proven: list[int] = []
        likely = max(MORE * base.excess, Fraction(LEAST_UNITS * search.goals.unit(len(limits))))
        search.close_within(ledger, limits, relaxed, proven.append, deadline, likely=likely)
        if ledger.x is None or search.goals.limits_of(ledger.values[:-1]) != limits:
            return
        for goal, bound in enumerate([*ledger.values[:-1], max(proven, default=ledger.bounds[-1])]):
            ledger.raise_bound(goal, bound)

    def _held(self, ledger: Ledger, deadline: float) -> tuple[list[int], Relaxed]:
        """Return the least limits of all goals but the last that the relaxation leaves possible, and it within them.

        Where they are not to be had by a few steps from what they were, the relaxation is said to have stopped.
        """
        base = self._base
        assert base is not None
        relaxed = self._within(base.limits, deadline)
        known = tightens(base.program, ledger.program)
        if known and relaxed.outcome != "infeasible":
            return base.limits, relaxed
        limits: list[int] = []
        for goal, before in enumerate(base.limits):
            limit = self._least(goal, limits, before, deadline, known=known)
            if limit is None:
                return base.limits, Relaxed("stopped", None, np.zeros(0))
            known &= limit == before
            limits.append(limit)
        return self._rounded(limits, deadline)

    def _rounded(self, limits: list[int], deadline: float) -> tuple[list[int], Relaxed]:
        """Return the limits, the last raised as rounding calls for, and the last goal's relaxation within them."""
        costs, unit = self.search.goals.costs[-1:], self.search.goals.unit(len(limits) - 1)
        for up in range(MOST_ROUNDED):
            raised = [*limits[:-1], limits[-1] + up * unit] if limits else limits
            relaxed = self.search.relaxation.solve_rounded(costs, raised, deadline)
            if relaxed.outcome != "infeasible" or not limits:
                break
        return raised, relaxed

    def _least(self, goal: int, limits: list[int], before: int, deadline: float, *, known: bool) -> int | None:
        """Return the least limit of a goal, within those of the goals before it, that the relaxation leaves possible.

        Sought a few steps up from what it was, since each takes the simplex method little; then by the goal's own
        relaxation. None where that is not solved.

        Parameters
        ----------
        known : whether it cannot be less than it was
        """
        def possible(limit: int) -> bool:
            return self._within([*limits, limit], deadline).outcome != "infeasible"

        unit = self.search.goals.unit(goal)
        if known or not possible(before - unit):
            near = next((up for up in range(before, before + MOST_STEPS * unit, unit) if possible(up)), None)
            if near is not None:
                return near
        relaxed = self.search.relaxation.solve_rounded([self.search.goals.costs[goal]], limits, deadline, quick=True)
        if relaxed.certificate is None:
            return None
        return self.search.goals.limit(goal, relaxed.certificate.bound)

    def _within(self, limits: list[int], deadline: float) -> Relaxed:
        return self.search.relaxation.solve([self.search.goals.costs[-1]], limits, deadline, quick=True)


def _stood_up(search: GoalSearch, limits: list[int], deadline: float) -> Certificate | None:
    """Solve the last goal's relaxation, the others held, with all columns and cuts; return what is proven."""
    relaxation, cost = search.relaxation, search.goals.costs[-1:]
    if relaxation.solve(cost, limits, deadline).certificate is None:
        return None
    relaxation.take_all()
    return relaxation.solve_rounded(cost, limits, deadline).certificate


def _resumed(search: GoalSearch, limits: list[int], deadline: float, standing: Standing) -> Certificate | None:
    """Return what is proven where another search stood."""
    search.relaxation.resume(standing, limits, deadline)
    return search.relaxation.bound(search.goals.costs[-1], limits, deadline, PRIMAL_SIMPLEX)
