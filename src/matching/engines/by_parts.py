"""The default engine on a program that falls into parts: bounds by price, plans of the parts side by side.

The relaxation of the whole, from its parts', gives the bound and the shares of what links them; each part is then
proven under its share. What is lost where shares are rounded is the gap.
"""

from __future__ import annotations

import time
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
        plans = WholePlans(self._ledger, self._split, self._found, self._settings, self._run, self._took)
        while not self._ledger.done:
            if not self._ledger.proven:
                known = self._first if self._ledger.goal == 0 else None
                self._better(plans, self._bound(self._settings.deadline) if known is None else known)
            self._ledger.close()
        return "stopped" if self._settings.left(self._settings.deadline) <= 0 else "done"

    def _better(self, plans: WholePlans, prices: Floats | None) -> None:
        """Look for a better plan among whole plans of the parts, and for a better bound where no goal comes after.

        Parameters
        ----------
        prices : at which the bound of the goal at work is known
        """
        ledger, goals = self._ledger, self._ledger.program.objectives
        if prices is None or ledger.proven:
            return
        goal, left = ledger.goal, weights([o.cost for o in goals[ledger.goal:]])

        def heard(bound: Fraction) -> None:
            if not any(left[1:]):
                ledger.raise_bound(goal, rounded_bound(goals[goal], bound))

        plans.better(prices * left[0] if goal else self._relaxation.prices, heard)

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
        ledger = self._ledger
        goals, goal = ledger.program.objectives, ledger.goal

        def heard(bound: Fraction) -> None:
            ledger.raise_bound(goal, rounded_bound(goals[goal], bound))

        return self._relaxation.bound(goal, without_constants(goals, ledger.limits), heard, deadline)
