"""One goal on HiGHS: relax, attain, prove."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.certificate import Certificate
from matching.engines.exact import round_up, step
from matching.engines.goals import Reply
from matching.engines.highs_model import Listeners, Options, Outcome, Search, solve_whole
from matching.engines.ledger import Ledger
from matching.engines.lifting import lift
from matching.engines.narrowing import beyond, narrowed
from matching.engines.relaxation import Relaxation
from matching.engines.settings import Settings
from matching.engines.system import System, system_of
from matching.problem.program import Int64, Program

ATTEMPTS = 3
ROUGH_GAP = 0.01
NEAR = 0.05
FEW_CALLED_FOR = 0.2
MANY_ARCS = 100_000
WORTH_NARROWING = 0.5
WEIGHT = 20
LARGEST_WEIGHTED = 10**9
FEW_NODES: Options = {"mip_max_nodes": 10}
PROOF: Options = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_pscost_minreliable": 4,
}
ROUGH = Search(relative_gap=ROUGH_GAP, options=FEW_NODES)
"""Finds a plan that will do, or gives up soon."""


class GoalSearch:
    """Minimises the goals of one program, one at a time."""

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        self._extension = lift(system_of(program), program.n_arcs)
        self._may_go = np.ones(self._extension.system.n_columns, np.bool_)
        self._may_go[program.n_arcs:] = False
        self._relaxation = Relaxation(self._extension.system, settings)
        self._costs = [self._extension.system.cost(k) for k in range(len(program.objectives))]
        self._foreseen: tuple[list[int], float] | None = None

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        goal, limits = ledger.goal, self._limits(ledger.limits)
        if ledger.x is None:
            self._offer_empty(ledger, deadline)
        if self._foreseen is not None and goal + 1 == len(self._costs) and self._foreseen[0] == limits:
            ledger.raise_bound(goal, self._rounded(goal, self._foreseen[1]))
        if ledger.proven:
            return "solved"
        if ledger.x is None and self._program.n_arcs >= MANY_ARCS:
            self._offer_rough(ledger, deadline)
        costs = [self._blend(goal), self._costs[goal]] if goal + 1 < len(self._costs) else [self._costs[goal]]
        relaxed = self._relaxation.solve(costs, limits, deadline)
        if relaxed.certificate is None:
            return "infeasible" if relaxed.outcome == "infeasible" else "stopped"
        ledger.raise_bound(goal, self._rounded(goal, relaxed.certificate.bound))
        if not ledger.proven and goal + 1 < len(self._costs):
            self._attain(ledger, deadline)
        elif not ledger.proven:
            self._polish(ledger, relaxed.certificate, deadline)
        return "solved" if ledger.proven else self._prove(ledger, relaxed.certificate, deadline)

    def _limits(self, limits: tuple[int, ...]) -> list[int]:
        return [limit - self._program.objectives[k].constant for k, limit in enumerate(limits)]

    def _rounded(self, goal: int, bound: Fraction | float) -> int:
        objective = self._program.objectives[goal]
        return round_up(bound, objective.cost) + objective.constant

    def _unit(self, goal: int) -> int:
        return step(self._program.objectives[goal].cost)

    def _blend(self, goal: int) -> Int64:
        """Return the costs from `goal` on in one, each weighing well above those after it."""
        blended = self._costs[-1]
        for cost in reversed(self._costs[goal:-1]):
            weight = WEIGHT * max(1, int(np.abs(blended).max(initial=0)))
            if weight * int(np.abs(cost).max(initial=0)) < LARGEST_WEIGHTED:
                blended = blended + weight * cost
        return blended

    def _search(self, ledger: Ledger, system: System, cost: Int64, search: Search, deadline: float) -> Outcome:
        """Run branch and bound; every plan that it finds is offered to the ledger."""
        listeners = replace(search.listeners, plan=lambda x: _offer(ledger, x))
        start = self._extension.extend(ledger.x) if ledger.x is not None else None
        if start is not None and not system.admits(start):
            start = None
        result = solve_whole(system, cost.astype(np.float64), replace(search, start=start, listeners=listeners),
                             self._settings, deadline)
        if result.outcome == "optimal":
            search.listeners.bound(result.bound)
        return result.outcome

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

    def _offer_rough(self, ledger: Ledger, deadline: float) -> None:
        """Look for a first plan among the columns that the prices favour, so that the long searches begin with one."""
        cost, limits = self._blend(ledger.goal), self._limits(ledger.limits)
        relaxed = self._relaxation.solve([cost], limits, deadline)
        if relaxed.certificate is None:
            return
        held = self._extension.system.held(limits)
        for narrow in narrowed(held, relaxed.certificate, None, self._may_go):
            self._search(ledger, narrow, cost, ROUGH, deadline)
            if ledger.x is not None:
                return

    def _attain(self, ledger: Ledger, deadline: float) -> None:
        """Look for a plan whose value is the bound; where there is provably none, look one step above it."""
        goal = ledger.goal
        for _ in range(ATTEMPTS):
            target = ledger.bounds[goal]
            outcome = self._aim(ledger, self._limits((*ledger.limits, target)), deadline)
            if ledger.proven:
                return
            if outcome != "infeasible":
                self._approach(ledger, target, deadline)
                return
            ledger.raise_bound(goal, target + self._unit(goal))

    def _approach(self, ledger: Ledger, target: int, deadline: float) -> None:
        """Look for a plan a little above a target that could neither be reached nor be ruled out."""
        goal, cost = ledger.goal, self._blend(ledger.goal + 1)
        for step_up in (1, 2, 4):
            near = target + step_up * self._unit(goal)
            if ledger.x is not None and near >= ledger.values[goal]:
                return
            limits = self._limits((*ledger.limits, near))
            relaxed = self._relaxation.solve([cost], limits, deadline)
            if relaxed.certificate is not None:
                held = self._extension.system.held(limits)
                narrow = next(narrowed(held, relaxed.certificate, None, self._may_go), held)
                self._search(ledger, narrow, cost, ROUGH, deadline)

    def _aim(self, ledger: Ledger, limits: list[int], deadline: float) -> Outcome:
        """Look for a plan within `limits`, led by the goals after them, among ever more columns."""
        cost = self._blend(ledger.goal + 1)
        relaxed = self._relaxation.solve([cost], limits, deadline)
        if relaxed.certificate is None:
            return relaxed.outcome
        aimed = self._extension.system.held(limits)
        for narrow in narrowed(aimed, relaxed.certificate, None, self._may_go):
            self._search(ledger, narrow, cost, ROUGH, deadline)
            if ledger.proven:
                return "optimal"
        if ledger.x is None:
            self._offer_rough(ledger, deadline)
        return self._aim_widely(ledger, aimed, cost, limits, deadline)

    def _aim_widely(self, ledger: Ledger, aimed: System, cost: Int64, limits: list[int], deadline: float) -> Outcome:
        """Search all columns; where only the last goal leads, what is proven of it on the way is kept for its turn."""
        if ledger.goal + 2 < len(self._costs):
            return self._search(ledger, aimed, cost, ROUGH, deadline)
        proven: list[float] = []
        search = Search(absolute_gap=0.99 * self._unit(ledger.goal + 1), options=FEW_NODES,
                        listeners=Listeners(bound=proven.append))
        outcome = self._search(ledger, aimed, cost, search, deadline)
        if proven:
            self._foreseen = limits, max(proven)
        return outcome

    def _polish(self, ledger: Ledger, certificate: Certificate, deadline: float) -> None:
        """Look for a good plan among few columns, where they are few beside those that the proof must search."""
        held = self._extension.system.held(self._limits(ledger.limits))
        plan = None if ledger.x is None else self._extension.extend(ledger.x)
        narrow = next(narrowed(held, certificate, plan, self._may_go), None)
        if narrow is not None and _free(narrow) < WORTH_NARROWING * _free(self._left(ledger, certificate)):
            search = Search(absolute_gap=0.99 * self._unit(ledger.goal), options=FEW_NODES)
            self._search(ledger, narrow, self._costs[ledger.goal], search, deadline)

    def _prove(self, ledger: Ledger, certificate: Certificate, deadline: float) -> Reply:
        """Search all columns that a better plan may use."""
        goal = ledger.goal
        system = self._left(ledger, certificate)
        near = ledger.x is not None and ledger.values[goal] - ledger.bounds[goal] <= NEAR * abs(ledger.values[goal])
        search = Search(absolute_gap=0.99 * self._unit(goal), options=PROOF if near else {},
                        listeners=Listeners(bound=lambda b: ledger.raise_bound(goal, self._rounded(goal, b))))
        outcome = self._search(ledger, system, self._costs[goal], search, deadline)
        if outcome == "infeasible" and ledger.x is None:
            return "infeasible"
        return "solved" if ledger.proven else "stopped"

    def _left(self, ledger: Ledger, certificate: Certificate) -> System:
        """Return the system of the goal at work without the columns that no better plan uses."""
        held = self._extension.system.held(self._limits(ledger.limits))
        if ledger.x is None:
            return held
        return beyond(held, certificate, ledger.values[ledger.goal] - self._program.objectives[ledger.goal].constant)


def _free(system: System) -> int:
    return int(np.count_nonzero(system.lower < system.upper))


def _offer(ledger: Ledger, x: Int64) -> None:
    ledger.offer(x[:ledger.program.n_columns])
