"""The linear relaxation of a system, kept in HiGHS from goal to goal so that each solve starts from the last basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.engines.capacity import Mask, capacities_of, separate
from matching.engines.certificate import Certificate, certify
from matching.engines.highs_model import Floats, Outcome, append_columns, append_rows, build, circled, ended
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import Int64

VIOLATED = 1e-3
"""How far beyond a cut a point must be, in units of the cut, for the cut to be worth a row."""
MOST_ROUNDS = 20
WORTH_ADDING, SHARE_WORTH_ADDING = 1e-6, 1e-9
"""What a unit of a column must save for the column to be priced in, and as a share of the largest cost."""
CIRCLING = 10
"""How many iterations a row or column simplex may take before another method is tried."""
DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
FEWEST_ADDED = 20_000
SHARE_ADDED = 0.05


class Relaxed(NamedTuple):
    """How a relaxation ended; the certificate and `x` only where it is optimal."""

    outcome: Outcome
    certificate: Certificate | None
    x: Floats


class Relaxation:
    """One system's relaxation, with columns and cuts as they are called for.

    It begins with the columns of `core` and prices the others in: what is optimal for it is so over all columns.
    `system` is the system with the cuts found so far. Each solve is by simplex from the basis at hand.
    """

    def __init__(self, system: System, core: Mask, settings: Settings) -> None:
        self.system = system
        self._settings = settings
        self._capacities = capacities_of(system)
        self._highs: Any = None
        self._n_rows = system.n_rows
        at_hand = core | (system.lower != 0)
        self._columns = np.flatnonzero(at_hand if at_hand.any() else ~at_hand)

    def solve(self, costs: Sequence[Int64], limits: Sequence[int], deadline: float) -> Relaxed:
        """Minimise each cost in turn with goal k at most ``limits[k]``; answer for the last.

        A first cost that sets the columns apart brings the simplex method past the ties of the one that is asked for.
        """
        self._prepare(costs[0], limits, deadline)
        for place, cost in enumerate(costs):
            self._charge(cost)
            outcome = self._cut_off(cost, PRIMAL_SIMPLEX if place else DUAL_SIMPLEX)
            if outcome != "optimal":
                return Relaxed(outcome, None, np.zeros(0))
        return Relaxed("optimal", certify(self.system.held(limits), costs[-1], self._prices()), self._x())

    def _cut_off(self, cost: Int64, method: int) -> Outcome:
        """Solve, add the cuts that the solution violates, and solve again, until it violates none."""
        outcome = self._price_in(cost, method)
        for _ in range(MOST_ROUNDS):
            if outcome != "optimal" or not self._separated():
                return outcome
            outcome = self._price_in(cost, DUAL_SIMPLEX)
        return outcome

    def _price_in(self, cost: Int64, method: int) -> Outcome:
        """Solve over the columns at hand, add those that would save something, until there is none."""
        outcome = self._run(method)
        while len(self._columns) < self.system.n_columns:
            if outcome == "infeasible":
                self._add(self._others(), cost)
            elif outcome != "optimal" or not self._priced(cost):
                return outcome
            outcome = self._run(PRIMAL_SIMPLEX)
        return outcome

    def _priced(self, cost: Int64) -> bool:
        """Add the columns whose reduced cost is negative, the most negative ones, and tell whether there were any."""
        others = self._others()
        reduced = (cost - self.system.matrix.T @ self._prices())[others]
        worth = max(WORTH_ADDING, SHARE_WORTH_ADDING * float(np.abs(cost).max(initial=0)))
        saving = np.flatnonzero(reduced < -worth)
        most = max(FEWEST_ADDED, int(SHARE_ADDED * self.system.n_columns))
        if len(saving) > most:
            saving = saving[np.argpartition(reduced[saving], most)[:most]]
        self._add(others[saving], cost)
        return bool(len(saving))

    def _others(self) -> Int64:
        """Return the columns that are not at hand."""
        away = np.ones(self.system.n_columns, np.bool_)
        away[self._columns] = False
        return np.flatnonzero(away)

    def _add(self, columns: Int64, cost: Int64) -> None:
        if len(columns):
            part = self.system.matrix[self._order()][:, columns].tocsc()
            append_columns(self._highs, part, cost[columns], self.system.lower[columns], self.system.upper[columns])
            self._columns = np.concatenate([self._columns, columns])

    def _separated(self) -> bool:
        """Add the cuts that the solution at hand violates, and tell whether there were any."""
        matrix, lower = separate(self._capacities, self._x(), VIOLATED)
        if len(lower):
            append_rows(self._highs, matrix[:, self._columns], lower)
            self.system = self.system.cut(matrix, lower)
        return bool(len(lower))

    def _run(self, method: int) -> Outcome:
        """Run from the basis at hand; where simplex breaks down or circles, by interior point from none."""
        circling = CIRCLING * (self._n_rows + len(self._columns))
        for option, value in {"simplex_strategy": method, "simplex_iteration_limit": circling}.items():
            self._highs.setOptionValue(option, value)
        self._highs.run()
        outcome = ended(self._highs)
        if outcome == "failed" or circled(self._highs):
            self._highs.clearSolver()
            self._highs.setOptionValue("solver", "ipm")
            self._highs.run()
            self._highs.setOptionValue("solver", "choose")
            outcome = ended(self._highs)
        return outcome

    def _x(self) -> Floats:
        x = np.zeros(self.system.n_columns)
        x[self._columns] = np.array(self._highs.getSolution().col_value)
        return x

    def _order(self) -> Int64:
        """Return the system's rows in the order in which HiGHS has them: cuts last, not goals."""
        goals, rows = self._n_rows - self.system.n_goals, np.arange(self.system.n_rows)
        n_cuts = self.system.n_rows - self._n_rows
        return np.concatenate([rows[:goals], rows[goals + n_cuts:], rows[goals:goals + n_cuts]])

    def _prices(self) -> Floats:
        prices = np.zeros(self.system.n_rows)
        prices[self._order()] = np.array(self._highs.getSolution().row_dual)
        return prices

    def _charge(self, cost: Int64) -> None:
        n = len(self._columns)
        self._highs.changeColsCost(n, np.arange(n, dtype=np.int32), cost[self._columns].astype(np.float64))

    def _prepare(self, cost: Int64, limits: Sequence[int], deadline: float) -> None:
        if self._highs is None:
            part = self.system.held(limits).restricted(self._columns)
            self._highs = build(part, cost[self._columns].astype(np.float64), self._settings, deadline)
            return
        for goal in range(self.system.n_goals):
            limit = float(limits[goal]) if goal < len(limits) else np.inf
            self._highs.changeRowBounds(self._n_rows - self.system.n_goals + goal, -np.inf, limit)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.0, self._settings.left(deadline)))
