"""CP-SAT of OR-Tools, one worker: several are not deterministic."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from matching.domain.text import Text
from matching.engines import refusal
from matching.engines.exact import sparse_cost
from matching.engines.goals import Reply, Verdict, lexicographic
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import INFINITE, Int64, Program

LARGEST = 2**61


class CpSat:
    """Every goal as one CP-SAT model.

    Parameters
    ----------
    effort : the most that a goal may take, in CP-SAT's deterministic time: it ends at the same point on every machine
    """

    name = "cpsat"

    def __init__(self, effort: float = math.inf) -> None:
        self._effort = effort

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why the engine cannot take `program`; empty where it can."""
        return refusal.too_large(program, LARGEST)

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work all goals of the ledger's program."""
        return lexicographic(ledger, _Goals(settings, self._effort), settings)


class _Goals:
    def __init__(self, settings: Settings, effort: float) -> None:
        self._settings = settings
        self._effort = effort

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        from ortools.sat.python import cp_model

        model, columns = _model(cp_model, ledger)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self._settings.seed
        solver.parameters.max_deterministic_time = self._effort
        left = self._settings.left(deadline)
        if left != float("inf"):
            solver.parameters.max_time_in_seconds = max(left, 0.01)
        goal, constant = ledger.goal, ledger.program.objectives[ledger.goal].constant
        solver.best_bound_callback = lambda b: ledger.raise_bound(goal, _whole(b) + constant)
        status = solver.solve(model, _listener(cp_model, columns, ledger))
        if status == cp_model.INFEASIBLE:
            return "infeasible"
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            ledger.raise_bound(goal, _whole(solver.best_objective_bound) + constant)
        return "solved" if ledger.proven else "stopped"


def _whole(bound: float) -> int:
    return int(np.ceil(bound - 1e-6))


def _model(cp_model: Any, ledger: Ledger) -> tuple[Any, list[Any]]:
    program, model = ledger.program, cp_model.CpModel()
    columns = [model.new_int_var(low, high, "") for low, high in zip(program.lower.tolist(), program.upper.tolist(),
                                                                   strict=True)]
    matrix = program.matrix
    for row in range(program.n_rows):
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        total = _sum(cp_model, columns, matrix.indices[span], matrix.data[span])
        _bound(model, total, int(program.row_lower[row]), int(program.row_upper[row]))
    for goal, limit in zip(program.objectives, ledger.limits, strict=False):
        model.add(_sum(cp_model, columns, *sparse_cost(goal.cost)) <= limit - goal.constant)
    model.minimize(_sum(cp_model, columns, *sparse_cost(program.objectives[ledger.goal].cost)))
    if ledger.x is not None:
        for column, value in zip(columns, ledger.x.tolist(), strict=True):
            model.add_hint(column, value)
    return model, columns


def _sum(cp_model: Any, columns: list[Any], at: Int64, values: Int64) -> Any:
    return cp_model.LinearExpr.weighted_sum([columns[k] for k in at.tolist()], values.tolist())


def _bound(model: Any, total: Any, low: int, high: int) -> None:
    if low > -INFINITE:
        model.add(total >= low)
    if high < INFINITE:
        model.add(total <= high)


def _listener(cp_model: Any, columns: list[Any], ledger: Ledger) -> Any:
    class Listener(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            ledger.offer(np.array([self.value(c) for c in columns], np.int64))

    return Listener()
