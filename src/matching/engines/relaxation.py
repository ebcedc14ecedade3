"""The linear relaxation of a system, kept in HiGHS from goal to goal so that each solve starts from the last basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.engines.certificate import Certificate, certify
from matching.engines.highs_model import Floats, Outcome, build, ended
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import Int64


class Relaxed(NamedTuple):
    """How a relaxation ended; the certificate and `x` only where it is optimal."""

    outcome: Outcome
    certificate: Certificate | None
    x: Floats


class Relaxation:
    """One system's relaxation.

    The first solve is by interior point with crossover, which ties between equal columns do not slow down; those after
    it are by simplex from the basis at hand.
    """

    def __init__(self, system: System, settings: Settings) -> None:
        self._system = system
        self._settings = settings
        self._highs: Any = None
        self._columns = np.arange(system.n_columns, dtype=np.int32)

    def solve(self, costs: Sequence[Int64], limits: Sequence[int], deadline: float) -> Relaxed:
        """Minimise each cost in turn with goal k at most ``limits[k]``; answer for the last.

        A first cost that sets the columns apart brings the simplex method past the ties of the one that is asked for.
        """
        held = self._system.held(limits)
        self._prepare(held, costs[0], limits, deadline)
        for cost in costs:
            self._highs.changeColsCost(len(self._columns), self._columns, cost.astype(np.float64))
            outcome = self._run()
            if outcome != "optimal":
                return Relaxed(outcome, None, np.zeros(0))
        solution = self._highs.getSolution()
        certificate = certify(held, costs[-1], np.array(solution.row_dual))
        return Relaxed("optimal", certificate, np.array(solution.col_value))

    def _run(self) -> Outcome:
        """Run by the method at hand and by simplex from then on; where interior point breaks down, simplex decides."""
        self._highs.run()
        outcome = ended(self._highs)
        self._highs.setOptionValue("solver", "simplex")
        if outcome == "failed":
            self._highs.clearSolver()
            self._highs.run()
            outcome = ended(self._highs)
        return outcome

    def _prepare(self, held: System, cost: Int64, limits: Sequence[int], deadline: float) -> None:
        if self._highs is None:
            self._highs = build(held, cost.astype(np.float64), self._settings, deadline)
            self._highs.setOptionValue("solver", "ipm")
            return
        for goal in range(self._system.n_goals):
            limit = float(limits[goal]) if goal < len(limits) else np.inf
            self._highs.changeRowBounds(self._system.goal_row(goal), -np.inf, limit)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.0, self._settings.left(deadline)))
