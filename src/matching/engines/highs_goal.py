"""One goal on HiGHS: relax, attain, prove."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.engines.certificate import Certificate, certify
from matching.engines.exact import round_up, step
from matching.engines.goals import Reply
from matching.engines.highs_model import (
    Floats,
    Listeners,
    Outcome,
    Search,
    solve_linear,
    solve_whole,
)
from matching.engines.ledger import Ledger
from matching.engines.lifting import lift
from matching.engines.narrowing import beyond, favoured, fixed
from matching.engines.settings import Settings
from matching.engines.system import System, system_of
from matching.problem.program import Int64, Program

ATTEMPTS = 3
ROUGH_GAP = 0.01
NEAR = 1e-4
WEIGHT = 20.0
LARGEST_WEIGHTED = 1e9
NO_HEURISTICS = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


class GoalSearch:
    """Minimises the goals of one program, one at a time."""

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        self._extension = lift(system_of(program), program.n_arcs)
        self._costs = [self._extension.system.cost(k) for k in range(len(program.objectives))]

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        goal, system = ledger.goal, self._held(ledger.limits)
        if ledger.x is None:
            self._offer_empty(ledger, system, deadline)
        outcome, certificate = self._relax(system, goal, deadline)
        if certificate is None:
            return "infeasible" if outcome == "infeasible" else "stopped"
        ledger.raise_bound(goal, self._rounded(goal, certificate.bound))
        if not ledger.proven:
            self._seek(ledger, system, certificate, deadline)
        return "solved" if ledger.proven else self._prove(ledger, system, certificate, deadline)

    def _held(self, limits: tuple[int, ...]) -> System:
        goals = self._program.objectives
        return self._extension.system.held([limit - goals[k].constant for k, limit in enumerate(limits)])

    def _rounded(self, goal: int, bound: object) -> int:
        objective = self._program.objectives[goal]
        return round_up(bound, objective.cost) + objective.constant  # type: ignore[arg-type]

    def _blend(self, goal: int) -> Floats:
        """Return the costs from `goal` on in one, each weighing well above those after it."""
        blended = self._costs[-1].astype(np.float64)
        for cost in reversed(self._costs[goal:-1]):
            weight = WEIGHT * max(1.0, float(np.abs(blended).max(initial=0.0)))
            if weight * float(np.abs(cost).max(initial=0)) < LARGEST_WEIGHTED:
                blended = blended + weight * cost
        return blended

    def _relax(self, system: System, goal: int, deadline: float) -> tuple[Outcome, Certificate | None]:
        """Solve the relaxation of `goal`; its exact bound and reduced costs come from the prices."""
        cost = self._costs[goal]
        leading = [self._blend(goal)] if goal + 1 < len(self._costs) else []
        costs = [*leading, cost.astype(np.float64)]
        result = solve_linear(system, costs, self._settings, deadline)
        certificate = certify(system, cost, result.prices) if result.outcome == "optimal" else None
        return result.outcome, certificate

    def _search(self, ledger: Ledger, system: System, cost: Floats, search: Search, deadline: float) -> Outcome:
        """Run branch and bound; every plan that it finds is offered to the ledger."""
        n_columns = self._program.n_columns
        def take(x: Int64) -> None:
            ledger.offer(x[:n_columns])

        listeners = replace(search.listeners, plan=take)
        start = self._extension.extend(ledger.x) if ledger.x is not None else None
        result = solve_whole(system, cost, replace(search, start=start, listeners=listeners), self._settings, deadline)
        if result.outcome == "optimal":
            search.listeners.bound(result.bound)
        return result.outcome

    def _offer_empty(self, ledger: Ledger, system: System, deadline: float) -> None:
        """Look for a plan of only those arcs that some floor calls for, so that one is known from the first second."""
        program, upper = self._program, system.upper.copy()
        called_for = np.asarray(abs(program.matrix[program.row_lower > 0]).sum(axis=0)).reshape(-1)[:program.n_arcs] > 0
        upper[:program.n_arcs] = np.where(called_for, upper[:program.n_arcs], system.lower[:program.n_arcs])
        few = system.bounded(system.lower, upper)
        self._search(ledger, few, self._blend(0), Search(relative_gap=ROUGH_GAP), deadline)

    def _seek(self, ledger: Ledger, system: System, certificate: Certificate, deadline: float) -> None:
        if ledger.goal + 1 < len(self._costs):
            self._attain(ledger, system, deadline)
        else:
            narrow = fixed(system, certificate, favoured(system, certificate))
            if narrow is not None and not self._near(ledger):
                search = Search(absolute_gap=self._unit(ledger.goal))
                self._search(ledger, narrow, self._costs[-1].astype(np.float64), search, deadline)

    def _near(self, ledger: Ledger) -> bool:
        """Tell whether the plan at hand is so close to the bound that only a proof is wanting."""
        if ledger.x is None:
            return False
        value = ledger.values[ledger.goal]
        return value - ledger.bounds[ledger.goal] <= NEAR * abs(value)

    def _unit(self, goal: int) -> float:
        """Return the gap within which a plan cannot be bettered."""
        return 0.99 * step(self._program.objectives[goal].cost)

    def _attain(self, ledger: Ledger, system: System, deadline: float) -> None:
        """Look for a plan whose value is the bound; where there is provably none, look one step above it."""
        goal = ledger.goal
        blend = self._blend(goal + 1)
        for _ in range(ATTEMPTS):
            target = ledger.bounds[goal]
            aimed = self._held((*ledger.limits, target))
            relaxed = solve_linear(aimed, [blend], self._settings, deadline)
            outcome = relaxed.outcome
            if outcome == "optimal":
                certificate = certify(aimed, blend.astype(np.int64), relaxed.prices)
                narrow = fixed(aimed, certificate, favoured(aimed, certificate))
                if narrow is not None:
                    outcome = self._search(ledger, narrow, blend, Search(relative_gap=ROUGH_GAP), deadline)
                if narrow is None or outcome == "infeasible":
                    outcome = self._search(ledger, aimed, blend, Search(relative_gap=ROUGH_GAP), deadline)
            if ledger.proven or outcome != "infeasible":
                return
            ledger.raise_bound(goal, target + step(self._program.objectives[goal].cost))

    def _prove(self, ledger: Ledger, system: System, certificate: Certificate, deadline: float) -> Reply:
        """Search all columns that a better plan may use."""
        goal, constant = ledger.goal, self._program.objectives[ledger.goal].constant
        options = {}
        if ledger.x is not None:
            system = fixed(system, certificate, beyond(certificate, ledger.values[goal] - constant)) or system
            options = NO_HEURISTICS if self._near(ledger) else {}
        search = Search(absolute_gap=self._unit(goal), options=options,
                        listeners=Listeners(bound=lambda b: ledger.raise_bound(goal, self._rounded(goal, b))))
        outcome = self._search(ledger, system, self._costs[goal].astype(np.float64), search, deadline)
        if outcome == "infeasible" and ledger.x is None:
            return "infeasible"
        return "solved" if ledger.proven else "stopped"
