"""HiGHS called on a system: arrays in, a status, numbers and events out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.bare import Few, bare
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

Floats = npt.NDArray[np.float64]
Outcome = Literal["optimal", "infeasible", "stopped", "failed"]
Options = Mapping[str, object]
AGGREGATOR = 1 << 12
"""The rule of presolve that is left out: with it HiGHS 1.14.0 calls plans optimal that are not (a test holds one)."""


class WholeResult(NamedTuple):
    """What branch and bound ended with; `bound` holds for the system and cost that were passed."""

    outcome: Outcome
    bound: float


def _nothing(x: Int64) -> None:
    """Ignore a plan."""


def _no_bound(bound: float) -> None:
    """Ignore a bound."""


@dataclass(frozen=True)
class Listeners:
    """Called while a solve runs, in the solver's thread."""

    plan: Callable[[Int64], None] = _nothing
    bound: Callable[[float], None] = _no_bound


@dataclass(frozen=True)
class Search:
    """One call of branch and bound: whence to start, when to stop, and further options of HiGHS."""

    start: Int64 | None = None
    relative_gap: float = 0.0
    absolute_gap: float = 0.0
    options: Options = field(default_factory=dict)
    listeners: Listeners = Listeners()


def solve_whole(system: System, cost: Floats, search: Search, settings: Settings, deadline: float) -> WholeResult:
    """Minimise `cost` over whole columns; what cannot move is left out before the solver hears of it."""
    left = bare(system)
    if left is None:
        return WholeResult("infeasible", math.inf)
    settled = float(cost @ left.x)
    if not len(left.free):
        search.listeners.plan(left.x)
        return WholeResult("optimal", settled)
    highs = _whole_model(left, cost, search, settings, deadline)
    highs.changeObjectiveOffset(settled)

    def found(values: Floats) -> None:
        search.listeners.plan(left.whole(np.rint(values).astype(np.int64)))

    highs.cbMipImprovingSolution.subscribe(lambda event: found(event.data_out.mip_solution))
    highs.cbMipLogging.subscribe(lambda event: search.listeners.bound(float(event.data_out.mip_dual_bound)))
    highs.run()
    outcome = ended(highs)
    if outcome in ("optimal", "stopped") and highs.getSolution().value_valid:
        found(np.array(highs.getSolution().col_value))
    return WholeResult(outcome, float(highs.getInfo().mip_dual_bound))


def _whole_model(left: Few, cost: Floats, search: Search, settings: Settings, deadline: float) -> Any:
    import highspy

    highs = build(left.system, cost[left.free], settings, deadline)
    columns = np.arange(len(left.free), dtype=np.int32)
    highs.changeColsIntegrality(len(columns), columns, np.full(len(columns), highspy.HighsVarType.kInteger))
    for name, option in {"presolve_rule_off": AGGREGATOR, "mip_rel_gap": search.relative_gap,
                         "mip_abs_gap": search.absolute_gap, **search.options}.items():
        highs.setOptionValue(name, option)
    if search.start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = search.start[left.free].astype(np.float64)
        highs.setSolution(solution)
    return highs


def doubles(bounds: Int64) -> Floats:
    """Return bounds as HiGHS has them."""
    infinite = np.where(bounds > 0, np.inf, -np.inf)
    return np.where(np.abs(bounds) >= INFINITE, infinite, bounds.astype(np.float64))


def build(system: System, cost: Floats, settings: Settings, deadline: float) -> Any:
    """Return a HiGHS instance that holds the relaxation of `system`."""
    import highspy

    highspy.Highs.resetGlobalScheduler(True)
    highs = highspy.Highs()
    for name, option in {"output_flag": False, "random_seed": settings.seed, "threads": settings.workers,
                         "time_limit": max(0.0, settings.left(deadline))}.items():
        highs.setOptionValue(name, option)
    matrix = system.matrix.tocsc()
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, doubles(system.lower), doubles(system.upper)
    lp.row_lower_, lp.row_upper_ = doubles(system.row_lower), doubles(system.row_upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data.astype(np.float64)
    highs.passModel(lp)
    return highs


def append_rows(highs: Any, matrix: sparse.csr_array, lower: Int64) -> None:
    """Add the rows ``matrix @ x >= lower`` to what `highs` holds."""
    highs.addRows(len(lower), lower.astype(np.float64), np.full(len(lower), np.inf), matrix.nnz,
                  matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32), matrix.data.astype(np.float64))


def append_columns(highs: Any, matrix: sparse.csc_array, cost: Int64 | Floats, lower: Int64, upper: Int64) -> None:
    """Add columns to what `highs` holds."""
    highs.addCols(len(cost), cost.astype(np.float64), doubles(lower), doubles(upper), matrix.nnz,
                  matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32), matrix.data.astype(np.float64))


def ended(highs: Any) -> Outcome:
    """Return how the last run of `highs` ended; the columns have bounds, so that nothing is unbounded."""
    import highspy

    status = highspy.HighsModelStatus
    limits = (status.kTimeLimit, status.kIterationLimit, status.kSolutionLimit, status.kInterrupt)
    outcomes: dict[Any, Outcome] = dict.fromkeys(limits, "stopped")
    outcomes |= dict.fromkeys((status.kInfeasible, status.kUnboundedOrInfeasible), "infeasible")
    outcomes |= dict.fromkeys((status.kOptimal, status.kModelEmpty), "optimal")
    return outcomes.get(highs.getModelStatus(), "failed")


def circled(highs: Any) -> bool:
    """Tell whether the last run used up its iterations."""
    import highspy

    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kIterationLimit)
