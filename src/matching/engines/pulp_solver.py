"""Any solver that PuLP finds on this machine; CBC comes with it."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np

from matching.domain.text import Text
from matching.engines import refusal
from matching.engines.exact import EXACT_IN_DOUBLE, sparse_cost
from matching.engines.goals import Reply, Verdict, lexicographic
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import INFINITE, Int64, Program


class Pulp:
    """Every goal as one PuLP model.

    PuLP passes on no bound of a search that was cut short: a goal is proven, or has only the bound its columns imply.
    """

    def __init__(self, name: str, solver: str) -> None:
        self.name = name
        self._solver = solver

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why the engine cannot take `program`; empty where it can."""
        import pulp

        known = pulp.listSolvers(onlyAvailable=True)
        if self._solver not in known:
            names = ", ".join(known)
            return (Text(f"PuLP 在本机找不到求解器 {self._solver}，可用的有：{names}",
                         f"PuLP finds no solver {self._solver} on this machine; it finds {names}"),)
        return refusal.too_large(program, EXACT_IN_DOUBLE)

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work all goals of the ledger's program."""
        return lexicographic(ledger, _Goals(self._solver, settings), settings)


class _Goals:
    def __init__(self, solver: str, settings: Settings) -> None:
        self._solver = solver
        self._settings = settings

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work the goal at work until it is proven, or `deadline`."""
        import pulp

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            problem, columns = _model(pulp, ledger)
            problem.solve(pulp.getSolver(self._solver, **self._options(deadline)))
        if problem.sol_status == pulp.LpSolutionInfeasible and problem.status == pulp.LpStatusInfeasible:
            return "infeasible"
        if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
            return "stopped"
        ledger.offer(np.array([round(c.varValue or 0) for c in columns], np.int64))
        if problem.sol_status == pulp.LpSolutionOptimal and ledger.x is not None:
            ledger.raise_bound(ledger.goal, ledger.values[ledger.goal])
        return "solved" if ledger.proven else "stopped"

    def _options(self, deadline: float) -> dict[str, Any]:
        options: dict[str, Any] = {"msg": False}
        left = self._settings.left(deadline)
        if not math.isinf(left):
            options["timeLimit"] = max(left, 0.1)
        if self._solver == "PULP_CBC_CMD":
            options |= {"threads": 1, "options": [f"randomSeed {self._settings.seed + 1}"], "gapRel": 0}
        return options


def _model(pulp: Any, ledger: Ledger) -> tuple[Any, list[Any]]:
    program = ledger.program
    problem = pulp.LpProblem("placements", pulp.LpMinimize)
    bounds = zip(program.lower.tolist(), program.upper.tolist(), strict=True)
    columns = [pulp.LpVariable(f"x{k}", low, high, pulp.LpInteger) for k, (low, high) in enumerate(bounds)]
    problem += _sum(pulp, columns, *sparse_cost(program.objectives[ledger.goal].cost))
    matrix = program.matrix
    for row in range(program.n_rows):
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        total = _sum(pulp, columns, matrix.indices[span], matrix.data[span])
        _bound(problem, total, int(program.row_lower[row]), int(program.row_upper[row]))
    for goal, limit in zip(program.objectives, ledger.limits, strict=False):
        problem += _sum(pulp, columns, *sparse_cost(goal.cost)) <= limit - goal.constant
    return problem, columns


def _sum(pulp: Any, columns: list[Any], at: Int64, values: Int64) -> Any:
    return pulp.LpAffineExpression(list(zip([columns[k] for k in at.tolist()], values.tolist(), strict=True)))


def _bound(problem: Any, total: Any, low: int, high: int) -> None:
    if low > -INFINITE:
        problem += total >= low
    if high < INFINITE:
        problem += total <= high
