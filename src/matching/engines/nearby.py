"""Changes of a program that is solved: each goal's relaxation goes on from where that of the program was left.

A change moves bounds, so that the basis of each goal's relaxation keeps its prices: the dual simplex mends in a few
steps what is out of bounds, and its bound says how good the goal can still be. Held at that, the last goal's relaxation
is often a plan already; else the best plan mostly exceeds it by little.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.certificate import Certificate
from matching.engines.change import tightens
from matching.engines.goals import Verdict, lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.highs_model import Outcome
from matching.engines.ledger import Ledger
from matching.engines.near_limits import Stepped, near_limits
from matching.engines.relaxation import Relaxed
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX, PRIMAL_SIMPLEX
from matching.engines.standing import Standing
from matching.problem.program import Int64, Program

MORE = Fraction(13, 10)
"""By what the excess over the relaxation, as it was, is multiplied where the other goals stay as they were."""
LIKELY_UNITS = 2
"""By how many units the last goal probably exceeds its relaxation at the most."""
ROUNDS = (True, False)
"""Rounds of cuts before a search: whether each looks for the quick ones only, and for what rounded sums add."""
MOST_ROUNDED = 4
"""How many steps up rounding may call for."""


NOTHING = Relaxed("stopped", None, np.zeros(0))


class _Base(NamedTuple):
    """The program as it was: its plan, the limits of all goals but the last, and what was proven of these."""

    program: Program
    x: Int64
    values: tuple[int, ...]
    limits: list[int]
    excess: Fraction
    certificates: dict[int, Certificate]


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
        stands = _stood_up(search, limits, deadline) if standing is None else _resumed(
            search, limits, deadline, standing)
        if not stands:
            return
        search.mark()
        self._bases = {**search.bases, search.goals.last: search.relaxation.basis}
        assert ledger.x is not None
        cost = search.goals.costs[-1]
        least = search.relaxation.bound(cost, limits, deadline, PRIMAL_SIMPLEX)
        value = ledger.values[-1] - ledger.program.objectives[-1].constant
        excess = value - least.bound if least is not None else Fraction(0)
        self._base = _Base(ledger.program, ledger.x, ledger.values, limits, excess,
                           {goal: c for goal, c in search.certificates.items() if goal < len(limits)})

    @property
    def stands(self) -> bool:
        """Whether there is a state to begin from."""
        return self._base is not None

    @property
    def _steps(self) -> list[Stepped]:
        """The limits of all goals but the last, each with the unit that it moves by."""
        assert self._base is not None
        return [Stepped(limit, self.search.goals.unit(goal)) for goal, limit in enumerate(self._base.limits)]

    def turn_to(self, program: Program, settings: Settings) -> None:
        """Return to the program as it was, and from there to `program`."""
        self.search.return_to_mark()
        self.search.turn_to(program, settings)

    def solve(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work the ledger of a change of the program."""
        if not self._holds(ledger):
            self.turn_to(ledger.program, settings)
            self._look(ledger, settings)
        return lexicographic(ledger, self.search, settings)

    def _holds(self, ledger: Ledger) -> bool:
        """Offer the program's plan; tell whether it is the best under the change too, since that takes others away."""
        base = self._base
        assert base is not None
        ledger.offer(base.x)
        return ledger.stays(base.program, base.x, base.values)

    def _look(self, ledger: Ledger, settings: Settings) -> None:
        """Look for the plan that is best in the last goal where the others are as good as the relaxation lets them be.

        Whatever is found is told to the ledger, and what is proven by it. Where goals have slack, others may be best.
        """
        if any(goal.slack_amount for goal in ledger.program.objectives[:-1]):
            return
        limits, relaxed = self._held(ledger, settings)
        if relaxed.certificate is None:
            return
        if limits:
            ledger.raise_bound(0, limits[0] + ledger.program.objectives[0].constant)
        self._close(ledger, limits, relaxed, settings.deadline)

    def _close(self, ledger: Ledger, limits: list[int], relaxed: Relaxed, deadline: float) -> None:
        base, search = self._base, self.search
        assert base is not None
        assert relaxed.certificate is not None
        proven = [search.goals.rounded(search.goals.last, relaxed.certificate.bound)]
        likely = Fraction(LIKELY_UNITS * search.goals.unit(len(limits)))
        if limits == base.limits:
            likely = max(likely, MORE * base.excess)
        outcome: Outcome = "optimal" if self._attains(ledger, limits, relaxed.certificate) else "stopped"
        for slack in (likely, None):
            if outcome == "stopped":
                outcome = search.close_within(ledger, limits, relaxed, proven.append, deadline, likely=slack)
        search.certificates.clear()
        if ledger.x is None or search.goals.limits_of(ledger.values[:-1]) != limits:
            return
        for goal, bound in enumerate([*ledger.values[:-1], max(proven)]):
            ledger.raise_bound(goal, bound)

    def _attains(self, ledger: Ledger, limits: list[int], certificate: Certificate) -> bool:
        """Tell whether the best plan known is within the limits, and proven to be the best there."""
        goals = self.search.goals
        return (ledger.x is not None and goals.limits_of(ledger.values[:-1]) == limits
                and ledger.values[-1] <= goals.rounded(goals.last, certificate.bound))

    def _held(self, ledger: Ledger, settings: Settings) -> tuple[list[int], Relaxed]:
        """Return the least limits of all goals but the last that the relaxation leaves possible, and it within them.

        Where they cannot be told, the relaxation is said to have stopped.
        """
        base, search = self._base, self.search
        assert base is not None
        tried = tightens(base.program, ledger.program) and not _takes_away(base, ledger.program)
        found = self._held_near(ledger, settings.deadline) if tried else None
        if found is not None:
            return found
        known = len(self._bases)
        if not self._has_bases(settings):
            return [], NOTHING
        if tried or len(self._bases) > known:
            self.turn_to(ledger.program, settings)
        limits: list[int] = []
        for goal in range(len(base.limits)):
            search.relaxation.begin_from(self._bases[goal])
            certificate = search.relaxation.bound(search.goals.costs[goal], limits, settings.deadline, DUAL_SIMPLEX)
            if certificate is None:
                return limits, NOTHING
            search.certificates[goal] = certificate
            limits.append(search.goals.limit(goal, certificate.bound))
        search.relaxation.begin_from(self._bases[search.goals.last])
        return self._rounded(ledger, limits, settings.deadline)

    def _held_near(self, ledger: Ledger, deadline: float) -> tuple[list[int], Relaxed] | None:
        """Return what `_held` does where plans are only taken away; None where the limits are far from what they were.
        """
        base, search = self._base, self.search
        assert base is not None
        leads = search.goals.costs[-1]
        relaxed = search.relaxation.solve([leads], base.limits, deadline, quick=True)
        if relaxed.outcome != "infeasible":
            search.certificates.update(base.certificates)
            return base.limits, relaxed
        stepped = near_limits(search.relaxation, leads, self._steps, deadline)
        if stepped is not None:
            return self._rounded(ledger, stepped, deadline)
        return ([], NOTHING) if search.relaxation.keeps(leads, [], deadline) is False else None

    def _has_bases(self, settings: Settings) -> bool:
        """Solve the relaxations of all goals that have no basis yet, as the program was; tell whether all have one.

        The first change that asks for one has all solved, so that none depends on which change it was.
        """
        base, search = self._base, self.search
        assert base is not None
        for goal in range(len(base.limits)):
            if goal not in self._bases:
                search.return_to_mark()
                if search.relaxation.bound(search.goals.costs[goal], base.limits[:goal], settings.deadline,
                                           PRIMAL_SIMPLEX) is None:
                    return False
                self._bases[goal] = search.relaxation.basis
        return True

    def _rounded(self, ledger: Ledger, limits: list[int], deadline: float) -> tuple[list[int], Relaxed]:
        """Return the limits, the last raised as rounding calls for, and the last goal's relaxation within them."""
        unit = self.search.goals.unit(len(limits) - 1)
        for up in range(MOST_ROUNDED):
            raised = [*limits[:-1], limits[-1] + up * unit] if limits else limits
            relaxed = self._last(ledger, raised, deadline)
            if relaxed.outcome != "infeasible" or not limits:
                break
        return raised, relaxed

    def _last(self, ledger: Ledger, limits: list[int], deadline: float) -> Relaxed:
        """Solve the last goal's relaxation within the limits, with cuts as long as it is no plan."""
        for quick in ROUNDS:
            relaxed = self.search.relaxation.solve_rounded(self.search.goals.costs[-1:], limits, deadline, quick=quick)
            if relaxed.certificate is None or self._is_plan(ledger, limits, relaxed):
                break
        return relaxed

    def _is_plan(self, ledger: Ledger, limits: list[int], relaxed: Relaxed) -> bool:
        """Offer the relaxation's solution, where its arcs are a plan; tell whether none is better."""
        assert relaxed.certificate is not None
        self.search.offer_near(ledger, relaxed.x)
        return self._attains(ledger, limits, relaxed.certificate)


def _takes_away(base: _Base, program: Program) -> bool:
    """Tell whether some of what the plan has, or some of a row's room that it uses, is gone."""
    return bool(np.any(program.upper < base.x) or np.any(program.row_upper < base.program.matrix @ base.x))


def _stood_up(search: GoalSearch, limits: list[int], deadline: float) -> bool:
    """Solve the last goal's relaxation, the others held, with all columns and cuts; tell whether it is solved."""
    relaxation, cost = search.relaxation, search.goals.costs[-1:]
    if relaxation.solve(cost, limits, deadline).certificate is None:
        return False
    relaxation.take_all()
    return relaxation.solve_rounded(cost, limits, deadline).certificate is not None


def _resumed(search: GoalSearch, limits: list[int], deadline: float, standing: Standing) -> bool:
    """Go to where another search stood; tell whether that is a solution of the last goal's relaxation."""
    search.relaxation.resume(standing, limits, deadline)
    return search.relaxation.bound(search.goals.costs[-1], limits, deadline, PRIMAL_SIMPLEX) is not None
