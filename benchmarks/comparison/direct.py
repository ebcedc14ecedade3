"""Direct calls of HiGHS, CP-SAT and SCIP: one goal, all columns, zero gap."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from benchmarks.comparison.case import Answer, Case, NotInstalledError, Settings
from benchmarks.comparison.in_order import Found, Model, in_order, lifted, plain

from matching.problem.program import INFINITE, Int64


def highs_plain(case: Case, settings: Settings) -> Answer:
    """Solve the rows as they stand by HiGHS."""
    return in_order(case, plain(case.program), partial(_highs, settings), settings.seconds)


def highs_lifted(case: Case, settings: Settings) -> Answer:
    """Solve the lifted rows by HiGHS."""
    return in_order(case, lifted(case.program), partial(_highs, settings), settings.seconds)


def cpsat(case: Case, settings: Settings) -> Answer:
    """Solve the rows as they stand by CP-SAT."""
    return in_order(case, plain(case.program), partial(_cpsat, settings), settings.seconds)


def scip(case: Case, settings: Settings) -> Answer:
    """Solve the rows as they stand by SCIP, which has one thread."""
    try:
        import pyscipopt
    except ImportError:
        raise NotInstalledError("pyscipopt") from None
    return in_order(case, plain(case.program), partial(_scip, pyscipopt), settings.seconds)


def _highs(settings: Settings, model: Model, goal: int, start: Int64 | None, seconds: float) -> Found:
    import highspy

    highspy.Highs.resetGlobalScheduler(True)
    highs = highspy.Highs()
    for name, option in {"output_flag": False, "threads": settings.threads, "time_limit": seconds,
                         "mip_rel_gap": 0.0}.items():
        highs.setOptionValue(name, option)
    highs.passModel(_highs_lp(highspy, model, goal))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.astype(np.float64)
        highs.setSolution(solution)
    highs.run()
    solved = highs.getSolution()
    x = np.rint(np.array(solved.col_value)).astype(np.int64) if solved.value_valid else None
    return Found(x, float(highs.getInfo().mip_dual_bound))


def _highs_lp(highspy: Any, model: Model, goal: int) -> Any:
    matrix, lp = model.matrix.tocsc(), highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = model.costs[goal].astype(np.float64)
    lp.col_lower_, lp.col_upper_ = model.lower.astype(np.float64), model.upper.astype(np.float64)
    lp.row_lower_ = np.where(model.row_lower <= -INFINITE, -np.inf, model.row_lower)
    lp.row_upper_ = np.where(model.row_upper >= INFINITE, np.inf, model.row_upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data.astype(np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    return lp


def _cpsat(settings: Settings, model: Model, goal: int, start: Int64 | None, seconds: float) -> Found:
    from ortools.sat.python import cp_model

    made = cp_model.CpModel()
    columns = [made.new_int_var(low, high, "") for low, high in zip(model.lower.tolist(), model.upper.tolist(),
                                                                    strict=True)]
    for at, values, low, high in _rows(model):
        total = cp_model.LinearExpr.weighted_sum([columns[k] for k in at], values)
        made.add_linear_constraint(total, max(low, -2**62), min(high, 2**62))
    costly = np.flatnonzero(model.costs[goal])
    made.minimize(cp_model.LinearExpr.weighted_sum([columns[k] for k in costly.tolist()],
                                                   model.costs[goal][costly].tolist()))
    if start is not None:
        for column, value in zip(columns, start.tolist(), strict=True):
            made.add_hint(column, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = settings.threads
    solver.parameters.max_time_in_seconds = seconds
    found = solver.solve(made) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    x = np.array([solver.value(column) for column in columns], np.int64) if found else None
    return Found(x, float(solver.best_objective_bound))


def _scip(pyscipopt: Any, model: Model, goal: int, start: Int64 | None, seconds: float) -> Found:
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.setParam("limits/time", seconds)
    costs = model.costs[goal].tolist()
    columns = [scip.addVar(vtype="I", lb=low, ub=high, obj=cost)
               for low, high, cost in zip(model.lower.tolist(), model.upper.tolist(), costs, strict=True)]
    for at, values, low, high in _rows(model):
        total = pyscipopt.quicksum(value * columns[k] for k, value in zip(at, values, strict=True))
        if low > -INFINITE:
            scip.addCons(total >= low)
        if high < INFINITE:
            scip.addCons(total <= high)
    if start is not None:
        plan = scip.createSol()
        for column, value in zip(columns, start.tolist(), strict=True):
            scip.setSolVal(plan, column, value)
        scip.addSol(plan)
    scip.optimize()
    x = None
    if scip.getNSols():
        best = scip.getBestSol()
        x = np.rint([scip.getSolVal(best, column) for column in columns]).astype(np.int64)
    return Found(x, float(scip.getDualbound()))


def _rows(model: Model) -> Any:
    """Yield columns, coefficients and bounds of each row that has columns."""
    matrix = model.matrix
    bounds = zip(matrix.indptr[:-1].tolist(), matrix.indptr[1:].tolist(), model.row_lower.tolist(),
                 model.row_upper.tolist(), strict=True)
    for first, last, low, high in bounds:
        if last > first:
            yield matrix.indices[first:last].tolist(), matrix.data[first:last].tolist(), low, high
