"""Goals, then least moves, then the other goals, each to proof, searched from the plan that is in force."""

from __future__ import annotations

from collections.abc import Sequence

from matching.engines.certificate import Certificate
from matching.engines.exact import round_up, without_constants
from matching.engines.narrowing import beyond, windows
from matching.engines.near_goals import MANY, MANY_LEFT, NearGoals
from matching.engines.remaining import Remaining
from matching.engines.settings import Settings
from matching.problem.program import Int64, Program

MOST_STEPS = 6
"""So many moves beyond what the relaxation proves are looked at before the whole program is solved instead."""
GLIMPSED = 5_000
"""Among how many columns a good plan is looked for where few moves leave nearly all."""


class LeastMoves(NearGoals):
    """Works a program of which one goal counts the moves from a plan.

    Parameters
    ----------
    program : its goals have no slack
    at : which goal counts the moves
    kept : the plan's columns, whose giving up is counted
    """

    def __init__(self, program: Program, at: int, kept: Int64, settings: Settings) -> None:
        super().__init__(program, kept, settings)
        self._at = at

    def work(self, best: Sequence[int] | None = None) -> bool:
        """Find and prove; tell whether everything is proven.

        Parameters
        ----------
        best : values (minimised, constants included) that the goals before the moves are known to have at best; else
            those that the relaxation allows are aimed at, and where they are not attained nothing is proven
        """
        limits = self._reached() if best is None else without_constants(self.ledger.program.objectives, best)
        if limits is None or not self._moves(limits):
            return False
        return all(self._goal() for _ in self._costs[self._at + 1:])

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
        cost = self._costs[self._at]
        certificate = self._relaxed(cost, limits)
        if certificate is None:
            return False
        self._certificates[self._at] = certificate
        few = low = round_up(certificate.bound, cost)
        by_cuts: Certificate | None = None
        while few < low + MOST_STEPS:
            if not self._so_few(limits, few):
                return False
            if self._reaches(self._at, few):
                return self._close([*limits, few])
            if few == low:
                by_cuts = self._proven_by_cuts(limits)
            few = self._next(limits, few + 1, by_cuts)
        return False

    def _next(self, limits: Sequence[int], few: int, by_cuts: Certificate | None) -> int:
        """Return the least moves that cuts leave possible, `few` or more; leave out what no plan of so few moves."""
        self._bounds = self.ledger.program.lower, self.ledger.program.upper
        if by_cuts is not None:
            few = max(few, round_up(by_cuts.bound, self._costs[self._at]))
            left = beyond(self._within(limits), by_cuts, few)
            self._bounds = left.lower, left.upper
        return few

    def _so_few(self, limits: Sequence[int], few: int) -> bool:
        """Look for a plan of so few moves; tell whether there is one, or none for certain."""
        if self._reaches(self._at, few):
            return True
        left = beyond(self._within(limits), self._certificates[self._at], few)
        if left.n_free > MANY_LEFT and self._glimpsed(limits, few, cuts=False):
            return True
        remaining = Remaining(left, self.ledger.program.n_arcs, self._costs[self._at], self._settings)
        bound = remaining.least(self._settings.deadline)
        if bound is not None and bound > few:
            return True
        if remaining.n_left(few) > MANY and self._glimpsed(limits, few, cuts=True):
            return True
        ended = self._ended(remaining, few)
        bounds = remaining.bounds(few) if self._reaches(self._at, few) else None
        self._bounds = bounds or self._bounds
        return ended

    def _glimpsed(self, limits: Sequence[int], few: int, *, cuts: bool) -> bool:
        """Look for a plan of so few moves among those that are good in the next goal; tell whether there is one.

        Where few moves may be wasted, nearly every column may move, but few lead to a good plan. With cuts it takes
        longer, and is for what `Remaining` has not refuted.
        """
        goal = self._at + 1
        if goal == len(self._costs):
            return False
        held, cost = [*limits, few], self._costs[goal]
        certificate = self._near.least(cost, held, self._settings.deadline, cuts=cuts)
        if certificate is None:
            return False
        window = next(windows(self._within(held), certificate, GLIMPSED, 2), None)
        if window is not None:
            self._search(window.system, goal)
        return self._reaches(self._at, few)

    def _proven_by_cuts(self, limits: Sequence[int]) -> Certificate | None:
        """Return what cuts prove of the moves.

        The cuts are forgotten again: they bear on the moves, and slow the goals after them.
        """
        relaxation = self._near.relaxation
        relaxation.mark()
        certificate = self._near.least(self._costs[self._at], limits, self._settings.deadline, cuts=True)
        relaxation.return_to_mark()
        return None if certificate is None else certificate.without_last_cuts(relaxation.system)

    def _close(self, bounds: Sequence[int]) -> bool:
        """End the goals of which this is proven; tell whether the plan attains all of it."""
        for bound in bounds:
            goal = self.ledger.goal
            self.ledger.raise_bound(goal, bound + self.ledger.program.objectives[goal].constant)
            if not self.ledger.proven:
                return False
            self.ledger.close()
        return True
