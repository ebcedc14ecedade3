"""One goal on HiGHS: relax, attain, prove."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from matching.engines.among import best_among
from matching.engines.certificate import Certificate
from matching.engines.closing import ALMOST, PLAIN, ROUGH_GAP, Searcher, Task, close
from matching.engines.extension import extended, tightened
from matching.engines.goal_costs import GoalCosts
from matching.engines.goals import Reply
from matching.engines.highs_model import Floats, Listeners, Options, Outcome, Search, WholeResult, solve_whole
from matching.engines.ledger import Ledger
from matching.engines.narrowing import beyond, beyond_each
from matching.engines.propagation import propagated
from matching.engines.relaxation import Relaxation, Relaxed
from matching.engines.seeds import LARGE, Seeds, seeds
from matching.engines.settings import Settings
from matching.engines.standing import key_of
from matching.engines.start_by_parts import start_by_parts
from matching.engines.system import System
from matching.problem.program import Int64, Program

ATTEMPTS = 4
NEAR = 0.05
FEW_CALLED_FOR = 0.2
PROOF: Options = {
    **PLAIN,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_pscost_minreliable": 4,
}
KEPT_FOR_EACH = 1.5
WHOLE = 1e-6


class _Foreseen(NamedTuple):
    """A search led by the last goal: within which limits of the others, and what it proved of the last one."""

    limits: list[int]
    bounds: tuple[float | Fraction, ...]


class GoalSearch:
    """Minimises the goals of one program, one at a time; `goals` are their costs.

    Attributes
    ----------
    bases : the basis that each goal's relaxation ended with, as far as it was solved
    certificates : what was proven of each goal within the limits of those before it

    Parameters
    ----------
    whole : whether the relaxation has all columns from the start, instead of those most likely to be needed
    """

    def __init__(self, program: Program, settings: Settings, *, whole: bool = False) -> None:
        self._program = program
        self._settings = settings
        self._extension = extended(program)
        self.goals = GoalCosts(program.objectives, self._extension.system)
        system = self._extension.system
        self._seeds = (Seeds(np.ones(system.n_columns, np.bool_), None) if whole
                       else seeds(program, self._extension, self.goals.blend(0)))
        self._relaxation = Relaxation(system, self._seeds.columns, settings)
        self.bases: dict[int, Any] = {}
        self.certificates: dict[int, Certificate] = {}
        self._foreseen: _Foreseen | None = None
        self._mark = program, self._extension

    def start_by_parts(self) -> None:
        """Solve the parts of a large relaxation by themselves, for its first solve to begin from."""
        priced = self._seeds.priced
        if priced is None or not self._is_large or self._relaxation.has_begun:
            return
        start = start_by_parts(self._extension, self._program.n_arcs, priced, self._relaxation.columns,
                               self.goals.blend(0), self._settings)
        if start is not None:
            self._relaxation.start_from(start)

    def turn_to(self, program: Program, settings: Settings) -> None:
        """Go on with a program that differs from the one before in bounds alone, from the basis and cuts at hand."""
        self._extension = tightened(self._extension, self._program, program)
        self._program, self._settings = program, settings
        self._relaxation.turn_to(self._extension.system, settings)
        self.certificates, self._foreseen = {}, None

    def mark(self) -> None:
        """Note the state that the search is in, to `return_to_mark`."""
        self._mark = self._program, self._extension
        self._relaxation.mark()

    def return_to_mark(self) -> None:
        """Forget what came after the mark."""
        self._program, self._extension = self._mark
        self._relaxation.return_to_mark()

    def key(self, ledger: Ledger) -> bytes:
        """Return the digest of the system, before any cut, and of the limits of all goals but the last."""
        return key_of(self._extension.system, self.goals.limits_of(ledger.limits)[:-1])

    @property
    def _is_large(self) -> bool:
        return self._program.n_arcs >= LARGE

    @property
    def relaxation(self) -> Relaxation:
        """The relaxation that the search works with."""
        return self._relaxation

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        goal = ledger.goal
        if ledger.x is None:
            self._offer_empty(ledger, deadline)
        foreseen = self._led_here(ledger)
        if foreseen is not None and foreseen.bounds:
            ledger.raise_bound(goal, self.goals.rounded(goal, max(foreseen.bounds)))
        if ledger.proven:
            return "solved"
        limits = self.goals.limits_of(ledger.limits)
        relaxed = self._relaxed(goal, limits, deadline)
        if relaxed.certificate is None:
            return "infeasible" if relaxed.outcome == "infeasible" else "stopped"
        self.certificates[goal], self.bases[goal] = relaxed.certificate, self._relaxation.basis
        ledger.raise_bound(goal, self.goals.rounded(goal, relaxed.certificate.bound))
        if not ledger.proven and goal < self.goals.last:
            self._attain(ledger, deadline)
        elif not ledger.proven:
            self._close_last(ledger, relaxed, deadline)
        return "solved" if ledger.proven else self._prove(ledger, deadline)

    def _relaxed(self, goal: int, limits: list[int], deadline: float) -> Relaxed:
        """Solve the relaxation of a goal; all goals from it on, as one cost, bring the method past the ties first."""
        costs = [self.goals.costs[goal]]
        if goal == 0:
            self.start_by_parts()
        if goal < self.goals.last:
            costs.insert(0, self.goals.blend(goal))
        return self._relaxation.solve_rounded(costs, limits, deadline)

    def _within(self, limits: list[int]) -> System:
        """Return the system with the goals held, without what no plan within the limits moves."""
        return beyond_each(self._relaxation.within(limits), self.certificates, limits)

    def _search(self, ledger: Ledger, system: System, cost: Int64, search: Search, deadline: float) -> WholeResult:
        """Run branch and bound; every plan that it finds is offered to the ledger."""
        listeners = replace(search.listeners, plan=lambda x: _offer(ledger, x))
        start = self._extension.extend(ledger.x) if ledger.x is not None else None
        if start is not None and not system.admits(start):
            start = None
        result = solve_whole(system, cost.astype(np.float64), replace(search, start=start, listeners=listeners),
                             self._settings, deadline)
        if result.outcome == "optimal":
            search.listeners.bound(result.bound)
        return result

    def offer_near(self, ledger: Ledger, x: Floats) -> None:
        """Offer a plan of the arcs that a point of the relaxation has, if these are whole."""
        n_arcs, system = self._program.n_arcs, self._extension.system
        arcs = np.rint(x[:n_arcs]).astype(np.int64)
        if np.abs(x[:n_arcs] - arcs).max(initial=0.0) > WHOLE:
            return
        given = system.bounded(np.r_[arcs, system.lower[n_arcs:]], np.r_[arcs, system.upper[n_arcs:]])
        best_among(given, self.goals.costs[-1], self.goals.unit(self.goals.last), self._settings,
                   lambda x: ledger.offer(x[:self._program.n_columns]))

    def _offer_empty(self, ledger: Ledger, deadline: float) -> None:
        """Look for a plan of only those arcs that some floor calls for, so that one is known from the first second.

        Not where floors call for many: that would be the whole search, without the prices that lead it.
        """
        system, program = self._extension.system, self._program
        floors = abs(program.matrix[np.flatnonzero(program.row_lower > 0)])
        called_for = np.asarray(floors.sum(axis=0)).reshape(-1)[:program.n_arcs] > 0
        if called_for.sum() > FEW_CALLED_FOR * program.n_arcs:
            return
        arcs = np.where(called_for, system.upper[:program.n_arcs], system.lower[:program.n_arcs])
        few = system.bounded(system.lower, np.r_[arcs, system.upper[program.n_arcs:]])
        self._search(ledger, few, self.goals.blend(0), Search(relative_gap=ROUGH_GAP), deadline)

    def _attain(self, ledger: Ledger, deadline: float) -> None:
        """Look for a plan whose value is the bound; where there is provably none, look one step above it."""
        goal = ledger.goal
        for _ in range(ATTEMPTS):
            target = ledger.bounds[goal]
            limits = self.goals.limits_of((*ledger.limits, target))
            large = self._is_large
            outcome = self._aim(ledger, limits, deadline, whole=not large)
            if outcome == "stopped" and not ledger.proven:
                self._approach(ledger, target, deadline)
                outcome = self._aim(ledger, limits, deadline, narrow=False) if large else outcome
            if outcome == "stopped" and not ledger.proven:
                outcome = self._decide(ledger, limits, deadline)
            if outcome == "infeasible":
                ledger.raise_bound(goal, target + self.goals.unit(goal))
            if ledger.proven or outcome != "infeasible":
                return

    def _approach(self, ledger: Ledger, target: int, deadline: float) -> None:
        """Look for a plan a little above a target that is not easily reached, so that one is known."""
        for step_up in (1, 2, 4, 8):
            near = target + step_up * self.goals.unit(ledger.goal)
            if ledger.x is not None and ledger.values[ledger.goal] <= near:
                return
            self._aim(ledger, self.goals.limits_of((*ledger.limits, near)), deadline, whole=False)

    def _aim(self, ledger: Ledger, limits: list[int], deadline: float, *, narrow: bool = True, whole: bool = True
             ) -> Outcome:
        """Look for a plan within `limits`, led by the goals after them.

        Led by the last goal alone, the best such plan is looked for, and what that proves of the goal is kept.

        Parameters
        ----------
        narrow, whole : whether among few columns, and whether, in the end, among all
        """
        cost, leads = self.goals.blend(ledger.goal + 1), ledger.goal + 1 == self.goals.last
        relaxed = (self._relaxed(self.goals.last, limits, deadline) if leads
                   else self._relaxation.solve([cost], limits, deadline))
        if relaxed.certificate is None:
            return relaxed.outcome
        bounds: list[Fraction | float] = []
        unit = self.goals.unit(self.goals.last) if leads else None
        task = Task(self._within(limits), cost, relaxed.certificate, unit, self._few(relaxed.x), narrow=narrow,
                    whole=whole, near=self._is_large and narrow)
        outcome = close(task, self._searcher(ledger, task, limits, bounds.append, deadline))
        if self._cost_of(ledger, task) is None:
            return outcome
        if leads:
            self._foreseen = _Foreseen(limits, tuple(bounds))
        return "optimal"

    def _close_last(self, ledger: Ledger, relaxed: Relaxed, deadline: float) -> None:
        """Close the gap of the last goal."""
        limits = self.goals.limits_of(ledger.limits)
        self.close_within(ledger, limits, relaxed, lambda bound: ledger.raise_bound(self.goals.last, bound), deadline)

    def close_within(self, ledger: Ledger, limits: list[int], relaxed: Relaxed, proven: Callable[[int], None],
                     deadline: float, *, likely: Fraction | None = None) -> Outcome:
        """Find the plan that is best in the last goal among those within `limits` of the others, or that none is.

        Parameters
        ----------
        relaxed : how the last goal's relaxation within the limits ended
        proven : hears of bounds of the last goal that hold within the limits
        likely : by how much the goal probably exceeds that relaxation
        """
        assert relaxed.certificate is not None
        task = Task(self._within(limits), self.goals.costs[-1], relaxed.certificate, self.goals.unit(self.goals.last),
                    self._few(relaxed.x), likely, near=self._is_large)

        def tell(bound: Fraction | float) -> None:
            if bound < math.inf:
                proven(self.goals.rounded(self.goals.last, bound))

        return close(task, self._searcher(ledger, task, limits, tell, deadline))

    def _searcher(self, ledger: Ledger, task: Task, limits: list[int], proven: Callable[[Fraction | float], None],
                  deadline: float) -> Searcher:
        return Searcher(
            run=lambda system, search: self._search(ledger, system, task.cost, search, deadline),
            best=lambda: self._cost_of(ledger, task),
            tightened=lambda among, cutoff: self._tightened(task, limits, among, cutoff, deadline),
            proven=proven,
            late=lambda: self._settings.left(deadline) <= 0)

    def _tightened(self, task: Task, limits: list[int], among: System, cutoff: int, deadline: float) -> System | None:
        """Return what is left of `among` for plans of at most `cutoff`, by its own relaxation with further cuts."""
        left = propagated(among)
        if left is None:
            return None
        relaxed = self._relaxation.solve_below(task.cost, limits, cutoff, left, deadline)
        if relaxed.certificate is None:
            return None if relaxed.outcome == "infeasible" else left
        if relaxed.certificate.bound > cutoff:
            return None
        cut = self._relaxation.cut_below(limits, cutoff).bounded(left.lower, left.upper)
        return propagated(beyond(cut, relaxed.certificate, cutoff))

    def _cost_of(self, ledger: Ledger, task: Task) -> int | None:
        """Return what the best plan known costs, None where it is not one of the task's system."""
        if ledger.x is None:
            return None
        x = self._extension.extend(ledger.x)
        return int(task.cost @ x) if task.system.admits(x) else None

    def _decide(self, ledger: Ledger, limits: list[int], deadline: float) -> Outcome:
        """Search all columns for a plan within `limits`, or the proof that there is none."""
        search = Search(relative_gap=ROUGH_GAP, options=PROOF)
        return self._search(ledger, self._within(limits), self.goals.blend(ledger.goal + 1), search, deadline).outcome

    def _led_here(self, ledger: Ledger) -> _Foreseen | None:
        """Return what the search that attained the goal before found of the last one, if that is at work."""
        found = self._foreseen
        if found is None or ledger.goal < self.goals.last or found.limits != self.goals.limits_of(ledger.limits):
            return None
        return found

    def _few(self, x: Floats) -> int:
        """Return how many columns a narrow search has: some for each that the relaxation uses."""
        return int(KEPT_FOR_EACH * np.count_nonzero(x))

    def _prove(self, ledger: Ledger, deadline: float) -> Reply:
        """Search all columns that a better plan may use."""
        goal = ledger.goal
        near = ledger.x is not None and ledger.values[goal] - ledger.bounds[goal] <= NEAR * abs(ledger.values[goal])
        search = Search(absolute_gap=ALMOST * self.goals.unit(goal), options=PROOF if near else PLAIN,
                        listeners=Listeners(bound=lambda b: ledger.raise_bound(goal, self.goals.rounded(goal, b))))
        outcome = self._search(ledger, self._left(ledger), self.goals.costs[goal], search, deadline).outcome
        if outcome == "infeasible" and ledger.x is None:
            return "infeasible"
        return "solved" if ledger.proven else "stopped"

    def _left(self, ledger: Ledger) -> System:
        """Return the system of the goal at work without what no better plan moves."""
        goal = ledger.goal
        system = self._within(self.goals.limits_of(ledger.limits))
        if ledger.x is None:
            return system
        return beyond(system, self.certificates[goal],
                      ledger.values[goal] - self._program.objectives[goal].constant)


def _offer(ledger: Ledger, x: Int64) -> None:
    ledger.offer(x[:ledger.program.n_columns])
