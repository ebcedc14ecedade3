"""The default engine on a program that falls into parts: bounds by price, plans of the parts side by side.

The relaxation of the whole, from its parts', gives the bound and the shares of what links them; each part is then
proven under its share. What is lost where shares are rounded is the gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.all_parts import AllParts
from matching.engines.blending import weights
from matching.engines.couplings import Floats, couplings
from matching.engines.exact import rounded_bound, without_constants
from matching.engines.goals import Verdict
from matching.engines.ledger import Ledger
from matching.engines.leftovers import Leftovers
from matching.engines.parts import Fractional, InParts, solve_parts
from matching.engines.settings import Settings
from matching.engines.side_by_side import Runner, side_by_side
from matching.engines.split import Split
from matching.engines.whole_plans import WholePlans
from matching.problem.program import Int64

FOR_PRICES, FOR_PLANS = 0.4, 0.9
"""Of the time left: the most that prices and the first bound take, and then the parts' plans; the rest is for the
bounds of further goals, or for the search of the whole."""


def has_parts(split: Split) -> bool:
    """Tell whether a program can be worked so: it falls apart, and no goal asks for what only links the parts."""
    return len(split.parts) > 1 and not any(goal.cost[split.loose].any() for goal in split.whole.objectives)


class ByParts:
    """One program in parts.

    Parameters
    ----------
    ledger : with no goal closed
    split : one that `has_parts`
    """

    def __init__(self, ledger: Ledger, split: Split, settings: Settings, run: Runner = side_by_side) -> None:
        self._ledger = ledger
        self._split = split
        self._settings = settings
        self._run = run
        self._found = couplings(split, np.zeros(split.whole.n_columns))
        self._relaxation = AllParts(split, self._found, settings)
        self._took = 0.0
        self._first: Floats | None = None

    def plan(self) -> InParts:
        """Raise the first goal's bound, and offer the ledger the parts' plans as one."""
        point = self._point(self._settings.after(FOR_PRICES))
        kept, began = replace(self._settings, deadline=self._settings.after(FOR_PLANS)), time.monotonic()
        ended = solve_parts(self._ledger, self._split, kept, lambda *_: point, run=self._run)
        self._took = time.monotonic() - began
        if ended.given is not None and ended.plans and not ended.exact:
            leftovers = Leftovers(self._ledger, self._split, ended.given, point.x, ended.plans)
            leftovers.give_out(self._run, "highs", kept)
        return ended

    def close_proven(self) -> None:
        """Close the goals that are proven, and raise the bound of the first that is not."""
        while self._ledger.proven:
            self._ledger.close()
            if self._ledger.done:
                return
            self._bound(self._settings.after(FOR_PRICES))

    def close(self) -> Verdict:
        """Close all goals, proven or with what bound the prices give; there is a plan."""
        ledger = self._ledger
        plans = WholePlans(ledger, self._split, self._found, self._settings, self._run, self._took)
        while not ledger.done:
            if ledger.goal == 0:
                self._better_in_all(plans)
            elif not ledger.proven:
                self._better(plans, self._bound(self._settings.deadline))
            ledger.close()
        return "stopped" if self._settings.left(self._settings.deadline) <= 0 else "done"

    def _better_in_all(self, plans: WholePlans) -> None:
        """Look for a plan that is better in the first goal, or where that is proven in those after it."""
        ledger = self._ledger
        if self._first is None and not ledger.proven:
            self._first = self._bound(self._settings.deadline)
        if any(value > bound for value, bound in zip(ledger.values, ledger.bounds, strict=True)):
            plans.better(self._relaxation.prices, self._heard([goal.cost for goal in ledger.program.objectives]))

    def _better(self, plans: WholePlans, prices: Floats | None) -> None:
        """Look for a better plan in the goal at work, at prices near those at which its bound is known."""
        costs = [goal.cost for goal in self._ledger.program.objectives[self._ledger.goal:]]
        if prices is not None and not self._ledger.proven:
            plans.better(prices * weights(costs)[0], self._heard(costs))

    def _heard(self, costs: Sequence[Int64]) -> Callable[[Fraction], None]:
        """Return what hears bounds of the blend of some costs, the first the goal's at work: its own if it is alone."""
        alone = not any(weights(costs)[1:])
        return self._raised if alone else lambda _: None

    def _raised(self, bound: Fraction) -> None:
        ledger = self._ledger
        ledger.raise_bound(ledger.goal, rounded_bound(ledger.program.objectives[ledger.goal], bound))

    def _point(self, deadline: float) -> Fractional:
        """Return what the prices come to; where there is no time to find them, the plan that is known, or nothing."""
        blended = self._relaxation.blended(deadline, self._ledger.x)
        self._first = self._bound(deadline)
        if blended is None:
            known = self._ledger.x
            return Fractional(np.zeros(self._split.whole.n_columns) if known is None else known.astype(np.float64))
        return Fractional(blended.x, blended.prices)

    def _bound(self, deadline: float) -> Floats | None:
        """Raise the bound of the goal at work, and return the prices at which it is known."""
        goals, goal = self._ledger.program.objectives, self._ledger.goal
        limits = without_constants(goals, self._ledger.limits)
        return self._relaxation.bound(goal, limits, self._raised, deadline)
