"""One goal on HiGHS: relax, attain, prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.blending import blend
from matching.engines.certificate import Certificate
from matching.engines.closing import ALMOST, PLAIN, ROUGH_GAP, Searcher, Task, close
from matching.engines.exact import rounded_bound, step, without_constants
from matching.engines.goals import Reply
from matching.engines.highs_model import Floats, Listeners, Options, Outcome, Search, WholeResult, solve_whole
from matching.engines.ledger import Ledger
from matching.engines.lifting import Extension, lift
from matching.engines.narrowing import beyond
from matching.engines.probing import without_impossible
from matching.engines.propagation import propagated
from matching.engines.relaxation import Relaxation
from matching.engines.seeds import seeds
from matching.engines.settings import Settings
from matching.engines.system import System, system_of
from matching.problem.program import INFINITE, Int64, Program

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


class _Foreseen(NamedTuple):
    """A search led by the last goal: within which limits of the others, and what it proved of the last one."""

    limits: list[int]
    bounds: tuple[float | Fraction, ...]


class GoalSearch:
    """Minimises the goals of one program, one at a time."""

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        self._extension = _extended(program)
        self._costs = [self._extension.system.cost(k) for k in range(len(program.objectives))]
        core = seeds(self._extension.system, program.n_arcs, self._blend(0), self._costs[-1])
        self._relaxation = Relaxation(self._extension.system, core, settings)
        self._certificates: dict[int, Certificate] = {}
        self._foreseen: _Foreseen | None = None

    def turn_to(self, program: Program, settings: Settings) -> None:
        """Go on with a program that differs from the one before in bounds alone, from the basis and cuts at hand."""
        self._program, self._settings = program, settings
        self._extension = _extended(program)
        self._relaxation.turn_to(self._extension.system, settings)
        self._certificates, self._foreseen = {}, None

    @property
    def _last(self) -> int:
        return len(self._costs) - 1

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        goal = ledger.goal
        if ledger.x is None:
            self._offer_empty(ledger, deadline)
        foreseen = self._led_here(ledger)
        if foreseen is not None and foreseen.bounds:
            ledger.raise_bound(goal, self._rounded(goal, max(foreseen.bounds)))
        if ledger.proven:
            return "solved"
        costs = [self._blend(goal), self._costs[goal]] if goal < self._last else [self._costs[goal]]
        relaxed = self._relaxation.solve(costs, self._limits(ledger.limits), deadline)
        if relaxed.certificate is None:
            return "infeasible" if relaxed.outcome == "infeasible" else "stopped"
        self._certificates[goal] = relaxed.certificate
        ledger.raise_bound(goal, self._rounded(goal, relaxed.certificate.bound))
        if not ledger.proven and goal < self._last:
            self._attain(ledger, deadline)
        elif not ledger.proven:
            self._close_last(ledger, relaxed.x, deadline)
        return "solved" if ledger.proven else self._prove(ledger, deadline)

    def _limits(self, limits: tuple[int, ...]) -> list[int]:
        return without_constants(self._program.objectives, limits)

    def _rounded(self, goal: int, bound: Fraction | float) -> int:
        return rounded_bound(self._program.objectives[goal], bound)

    def _unit(self, goal: int) -> int:
        return step(self._program.objectives[goal].cost)

    def _blend(self, goal: int) -> Int64:
        """Return the costs from `goal` on in one."""
        return blend(self._costs[goal:])

    def _within(self, limits: list[int]) -> System:
        """Return the system with the goals held, without what no plan within the limits moves."""
        system = self._relaxation.within(limits)
        for goal, limit in enumerate(limits):
            if goal in self._certificates:
                system = beyond(system, self._certificates[goal], limit)
        return system

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
        self._search(ledger, few, self._blend(0), Search(relative_gap=ROUGH_GAP), deadline)

    def _attain(self, ledger: Ledger, deadline: float) -> None:
        """Look for a plan whose value is the bound; where there is provably none, look one step above it."""
        goal = ledger.goal
        for _ in range(ATTEMPTS):
            target = ledger.bounds[goal]
            limits = self._limits((*ledger.limits, target))
            outcome = self._aim(ledger, limits, deadline)
            if outcome == "stopped" and not ledger.proven:
                self._approach(ledger, target, deadline)
                outcome = self._decide(ledger, limits, deadline)
            if outcome == "infeasible":
                ledger.raise_bound(goal, target + self._unit(goal))
            if ledger.proven or outcome != "infeasible":
                return

    def _approach(self, ledger: Ledger, target: int, deadline: float) -> None:
        """Look for a plan a little above a target that is not easily reached, so that one is known."""
        for step_up in (1, 2, 4, 8):
            if ledger.x is not None:
                return
            near = target + step_up * self._unit(ledger.goal)
            self._aim(ledger, self._limits((*ledger.limits, near)), deadline)

    def _aim(self, ledger: Ledger, limits: list[int], deadline: float) -> Outcome:
        """Look for a plan within `limits`, led by the goals after them.

        Led by the last goal alone, the best such plan is looked for, and what that proves of the goal is kept.
        """
        cost = self._blend(ledger.goal + 1)
        relaxed = self._relaxation.solve([cost], limits, deadline)
        if relaxed.certificate is None:
            return relaxed.outcome
        leads = ledger.goal + 1 == self._last
        bounds: list[Fraction | float] = []
        task = Task(self._within(limits), cost, relaxed.certificate, self._unit(self._last) if leads else None,
                    self._few(relaxed.x))
        outcome = close(task, self._searcher(ledger, task, limits, bounds.append, deadline))
        if self._cost_of(ledger, task) is None:
            return outcome
        if leads:
            self._foreseen = _Foreseen(limits, tuple(bounds))
        return "optimal"

    def _close_last(self, ledger: Ledger, x: Floats, deadline: float) -> None:
        """Close the gap of the last goal."""
        goal, limits = ledger.goal, self._limits(ledger.limits)
        task = Task(self._within(limits), self._costs[goal], self._certificates[goal], self._unit(goal), self._few(x))

        def proven(bound: Fraction | float) -> None:
            ledger.raise_bound(goal, self._rounded(goal, bound))

        close(task, self._searcher(ledger, task, limits, proven, deadline))

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
        cut = self._relaxation.within((*limits, cutoff))
        free = cut.row_upper.copy()
        free[cut.goal_row(len(limits))] = INFINITE
        return propagated(beyond(replace(cut, row_upper=free, lower=left.lower, upper=left.upper),
                                 relaxed.certificate, cutoff))

    def _cost_of(self, ledger: Ledger, task: Task) -> int | None:
        """Return what the best plan known costs, None where it is not one of the task's system."""
        if ledger.x is None:
            return None
        x = self._extension.extend(ledger.x)
        return int(task.cost @ x) if task.system.admits(x) else None

    def _decide(self, ledger: Ledger, limits: list[int], deadline: float) -> Outcome:
        """Search all columns for a plan within `limits`, or the proof that there is none."""
        search = Search(relative_gap=ROUGH_GAP, options=PROOF)
        return self._search(ledger, self._within(limits), self._blend(ledger.goal + 1), search, deadline).outcome

    def _led_here(self, ledger: Ledger) -> _Foreseen | None:
        """Return what the search that attained the goal before found of the last one, if that is at work."""
        found = self._foreseen
        if found is None or ledger.goal < self._last or found.limits != self._limits(ledger.limits):
            return None
        return found

    def _few(self, x: Floats) -> int:
        """Return how many columns a narrow search has: some for each that the relaxation uses."""
        return int(KEPT_FOR_EACH * np.count_nonzero(x))

    def _prove(self, ledger: Ledger, deadline: float) -> Reply:
        """Search all columns that a better plan may use."""
        goal = ledger.goal
        near = ledger.x is not None and ledger.values[goal] - ledger.bounds[goal] <= NEAR * abs(ledger.values[goal])
        search = Search(absolute_gap=ALMOST * self._unit(goal), options=PROOF if near else PLAIN,
                        listeners=Listeners(bound=lambda b: ledger.raise_bound(goal, self._rounded(goal, b))))
        outcome = self._search(ledger, self._left(ledger), self._costs[goal], search, deadline).outcome
        if outcome == "infeasible" and ledger.x is None:
            return "infeasible"
        return "solved" if ledger.proven else "stopped"

    def _left(self, ledger: Ledger) -> System:
        """Return the system of the goal at work without what no better plan moves."""
        goal = ledger.goal
        system = self._within(self._limits(ledger.limits))
        if ledger.x is None:
            return system
        return beyond(system, self._certificates[goal],
                      ledger.values[goal] - self._program.objectives[goal].constant)


def _extended(program: Program) -> Extension:
    lifted = lift(system_of(program), program.n_arcs)
    columns = np.arange(program.n_arcs, program.n_columns)
    return replace(lifted, system=without_impossible(lifted.system, columns))


def _offer(ledger: Ledger, x: Int64) -> None:
    ledger.offer(x[:ledger.program.n_columns])
