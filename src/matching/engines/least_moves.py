"""Goals, then least moves, then the other goals, each to proof, searched from the plan that is in force."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.among import best_among
from matching.engines.certificate import Certificate
from matching.engines.exact import round_up, step
from matching.engines.ledger import Ledger
from matching.engines.narrowing import beyond
from matching.engines.near_plan import NearPlan
from matching.engines.remaining import Remaining
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import Int64, Program

MOST_STEPS = 6
"""So many moves beyond what the relaxation proves are looked at before the whole program is solved instead."""
FINE = 32
"""Into how many parts what is open of a goal is cut: the first search looks no further than one of them."""
ENDED = ("optimal", "infeasible")
PATIENCE = 60.0
"""Seconds for one search among few columns."""


class LeastMoves:
    """Works a program of which one goal counts the moves from a plan.

    Parameters
    ----------
    program : its goals have no slack
    at : which goal counts the moves
    kept : the plan's columns, whose giving up is counted
    """

    def __init__(self, program: Program, at: int, kept: Int64, settings: Settings) -> None:
        self.ledger = Ledger(program)
        self._at, self._settings = at, settings
        self._costs = [goal.cost for goal in program.objectives]
        self._certificates: dict[int, Certificate] = {}
        self._near = NearPlan(program, kept, settings)

    def work(self, best: Sequence[int] | None = None) -> bool:
        """Find and prove; tell whether everything is proven.

        Parameters
        ----------
        best : values (minimised, constants included) that the goals before the moves are known to have at best; else
            those that the relaxation allows are aimed at, and where they are not attained nothing is proven
        """
        limits = self._reached() if best is None else self._without_constants(best)
        if limits is None or not self._moves(limits):
            return False
        return all(self._goal() for _ in self._costs[self._at + 1:])

    def _without_constants(self, values: Sequence[int]) -> list[int]:
        return [v - goal.constant for v, goal in zip(values, self.ledger.program.objectives, strict=False)]

    def _relaxed(self, cost: Int64, limits: Sequence[int]) -> Certificate | None:
        """Return what is proven of a cost within the limits; the moves lead, whose prices the plan has already."""
        deadline = self._settings.deadline
        if not self._certificates:
            self._near.lead(self._costs[:self._at], self._costs[self._at], limits, deadline)
        return self._near.least(cost, limits, deadline)

    def _reached(self) -> list[int] | None:
        """Return what the relaxation allows of each goal before the moves, in order."""
        limits: list[int] = []
        for cost in self._costs[:self._at]:
            certificate = self._relaxed(cost, limits)
            if certificate is None:
                return None
            self._certificates[len(limits)] = certificate
            limits.append(round_up(certificate.bound, cost))
        return limits

    def _moves(self, limits: list[int]) -> bool:
        """Find the least moves within the limits, one more at a time: plans with so few have few columns."""
        certificate = self._relaxed(self._costs[self._at], limits)
        if certificate is None:
            return False
        self._certificates[self._at] = certificate
        system, goal = self._within(limits), self._at
        low = round_up(certificate.bound, self._costs[goal])
        for few in range(low, low + MOST_STEPS):
            if not self._reaches(goal, few) and not self._search(beyond(system, certificate, few), goal):
                return False
            if self._reaches(goal, few):
                return self._close([*limits, few])
        return False

    def _within(self, limits: Sequence[int]) -> System:
        """Return the system with the goals held, without what no plan within the limits moves."""
        system = self._near.relaxation.within(limits)
        for goal, limit in enumerate(limits):
            if goal in self._certificates:
                system = beyond(system, self._certificates[goal], limit)
        return system

    def _search(self, system: System, goal: int) -> bool:
        """Look for the best plan of a system in a goal; tell whether the search came to its end."""
        cost = self._costs[goal]
        return best_among(system, cost, step(cost), self._patient(), self.ledger.offer, self.ledger.x) in ENDED

    def _reaches(self, goal: int, most: int) -> bool:
        """Tell whether a plan is known that costs no more than this in a goal."""
        value = self._value(goal)
        return value is not None and value <= most

    def _value(self, goal: int) -> int | None:
        """Return what the best plan known costs in a goal, without its constant."""
        if self.ledger.x is None:
            return None
        return self.ledger.values[goal] - self.ledger.program.objectives[goal].constant

    def _close(self, bounds: Sequence[int]) -> bool:
        """End the goals of which this is proven; tell whether the plan attains all of it."""
        for bound in bounds:
            goal = self.ledger.goal
            self.ledger.raise_bound(goal, bound + self.ledger.program.objectives[goal].constant)
            if not self.ledger.proven:
                return False
            self.ledger.close()
        return True

    def _goal(self) -> bool:
        """Find and prove the best plan in the goal at work, those before it held."""
        goal = self.ledger.goal
        cost, limits = self._costs[goal], self._without_constants(self.ledger.limits)
        remaining = Remaining(self._within(limits), self.ledger.program.n_arcs, cost, self._settings)
        bound = remaining.least(self._settings.deadline)
        if bound is None:
            return False
        self._raise(bound)
        value = self._value(goal)
        assert value is not None
        low, unit = self.ledger.bounds[goal] - self.ledger.program.objectives[goal].constant, step(cost)
        reach = max(unit, (value - low) // FINE)
        while not self.ledger.proven:
            most = min(low + reach, value - unit)
            if remaining.search(most, self._patient(), self.ledger.offer, self.ledger.x) not in ENDED:
                return False
            value = self._value(goal)
            assert value is not None
            self._raise(Fraction(min(value, most + unit)))
            reach *= 2
        self.ledger.close()
        return True

    def _patient(self) -> Settings:
        """Return the settings of one search."""
        return replace(self._settings, deadline=min(self._settings.deadline, time.monotonic() + PATIENCE))

    def _raise(self, bound: Fraction | float) -> None:
        goal = self.ledger.goal
        if bound < np.inf:
            whole = round_up(bound, self._costs[goal])
            self.ledger.raise_bound(goal, whole + self.ledger.program.objectives[goal].constant)
