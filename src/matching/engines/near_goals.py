"""Goals proven in their order near a plan, each among the columns that those before it leave."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from matching.engines.among import best_among
from matching.engines.certificate import Certificate
from matching.engines.exact import round_up, step, without_constants
from matching.engines.ledger import Ledger
from matching.engines.narrowing import beyond, beyond_each
from matching.engines.near_plan import NearPlan
from matching.engines.near_windows import below
from matching.engines.remaining import Remaining
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import Int64, Program

FINE = 32
"""Into how many parts what is open of a goal is cut: the first search looks no further than one of them. Where no bound
is proven there is nothing to narrow a part by."""
ENDED = ("optimal", "infeasible")
MANY, FEW = 10_000, 3_000
"""Where the goals before leave so many columns, the best plan is looked for among few of them first."""
GROWTH = 3
"""By what their number grows until the plan is proven; where that is all that few columns allow, what might better it
comes next, however much."""
AT_ONCE = 25_000
"""All columns that might better the plan are searched at once where they are no more than this."""
MANY_LEFT = 15_000
"""Of more columns a relaxation of their own, begun anew, takes longer than what the one near the plan leads to."""
PATIENCE = 60.0
"""Seconds for one search among few columns."""


class NearGoals:
    """Proves goals in their order, from a plan that was one of another program.

    Parameters
    ----------
    program : its goals have no slack
    kept : the columns of that plan
    """

    def __init__(self, program: Program, kept: Int64, settings: Settings) -> None:
        self.ledger = Ledger(program)
        self._settings = settings
        self._costs = [goal.cost for goal in program.objectives]
        self._certificates: dict[int, Certificate] = {}
        self._bounds = program.lower, program.upper
        self._near = NearPlan(program, kept, settings)

    def _within(self, limits: Sequence[int]) -> System:
        """Return the system with the goals held, without what no plan within the limits moves."""
        return beyond_each(self._near.relaxation.within(limits).bounded(*self._bounds), self._certificates, limits)

    def _goal(self) -> bool:
        """Find and prove the best plan in the goal at work, those before it held."""
        goal = self.ledger.goal
        cost, limits = self._costs[goal], without_constants(self.ledger.program.objectives, self.ledger.limits)
        system, certificate = self._within(limits), None
        if system.n_free > MANY:
            certificate = self._near.least(cost, limits, self._settings.deadline, cuts=True)
        done = self._searched(system) if certificate is None else self._in_windows(certificate, limits)
        self.ledger.close()
        return done

    def _in_windows(self, certificate: Certificate, limits: Sequence[int]) -> bool:
        """Find and prove the best plan where moves leave many columns, among few that are good first."""
        goal = self.ledger.goal
        cost, system = self._costs[goal], self._within(limits)
        self._raise(certificate.bound)
        columns = FEW
        while not self.ledger.proven:
            best = self._known(goal) - step(cost)
            whole = beyond(system, certificate, best)
            if whole.n_free <= max(columns, AT_ONCE):
                return self._searched(self._cut_down(whole, limits, best))
            window = below(system, certificate, cost, columns, best)
            remaining = Remaining(window.system, self.ledger.program.n_arcs, cost, self._settings)
            bound = remaining.least(self._settings.deadline)
            least = window.most if bound is None else round_up(bound, cost)
            if not self._ended(remaining, max(least, window.most)):
                return False
            known = self._known(goal)
            self._raise(min(known, window.most + 1))
            columns = system.n_columns if least >= known else GROWTH * columns
        return True

    def _cut_down(self, system: System, limits: Sequence[int], most: int) -> System:
        """Return what is left of very many columns for plans that cost `most` or less, by cuts found among them."""
        if system.n_free <= MANY_LEFT:
            return system
        goal = self.ledger.goal
        before = self._low(goal)
        found = self._near.below(self._costs[goal], limits, most, system, self._settings.deadline)
        if found is None:
            return system
        left, certificate = found
        self._raise(min(certificate.bound, Fraction(most + 1)))
        return beyond(left, certificate, most) if self._low(goal) > before else system

    def _searched(self, system: System) -> bool:
        """Find the best plan of few columns, or of those that might better the plan known, and prove it."""
        goal = self.ledger.goal
        cost = self._costs[goal]
        remaining = Remaining(system, self.ledger.program.n_arcs, cost, self._settings)
        bound = remaining.least(self._settings.deadline)
        if bound is not None:
            self._raise(bound)
        low, unit = self._low(goal), step(cost)
        parts = 1 if bound is None else FINE
        reach = max(unit, (self._known(goal) - low) // parts)
        while not self.ledger.proven:
            most = min(low + reach, self._known(goal) - unit)
            if not self._ended(remaining, most):
                return False
            self._raise(min(self._known(goal), most + 1))
            reach *= 2
        return True

    def _ended(self, remaining: Remaining, most: int) -> bool:
        """Look for the best plan of `most` or less; tell whether the search came to its end."""
        return remaining.search(most, self._patient(), self.ledger.offer, self.ledger.x) in ENDED

    def _search(self, system: System, goal: int) -> bool:
        """Look for the best plan of a system in a goal; tell whether the search came to its end."""
        cost = self._costs[goal]
        return best_among(system, cost, step(cost), self._patient(), self.ledger.offer, self.ledger.x) in ENDED

    def _reaches(self, goal: int, most: int) -> bool:
        """Tell whether a plan is known that costs no more than this in a goal."""
        value = self._value(goal)
        return value is not None and value <= most

    def _low(self, goal: int) -> int:
        """Return what is proven of a goal, without its constant."""
        return self.ledger.bounds[goal] - self.ledger.program.objectives[goal].constant

    def _known(self, goal: int) -> int:
        """Return what the plan known costs in a goal, without its constant."""
        value = self._value(goal)
        assert value is not None
        return value

    def _value(self, goal: int) -> int | None:
        """Return what the best plan known costs in a goal, without its constant."""
        if self.ledger.x is None:
            return None
        return self.ledger.values[goal] - self.ledger.program.objectives[goal].constant

    def _patient(self) -> Settings:
        """Return the settings of one search."""
        return replace(self._settings, deadline=min(self._settings.deadline, time.monotonic() + PATIENCE))

    def _raise(self, bound: Fraction | int) -> None:
        goal = self.ledger.goal
        whole = round_up(Fraction(bound), self._costs[goal])
        self.ledger.raise_bound(goal, whole + self.ledger.program.objectives[goal].constant)
