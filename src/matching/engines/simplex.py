"""What a kept relaxation asks of HiGHS: to run from the basis at hand, and to be bounded or cut back."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matching.engines.change import Bounded
from matching.engines.highs_model import Outcome, circled, doubles, ended
from matching.problem.program import Int64


class Method(NamedTuple):
    """A method of simplex as HiGHS numbers it, and how the dual one weighs its rows."""

    strategy: int
    weights: int


DUAL_SIMPLEX, PRIMAL_SIMPLEX = Method(1, -1), Method(4, -1)
AFTER_CUTS = Method(1, 1)
"""The dual simplex with weights that need no start: few steps follow, and exact weights take one for each row."""


CIRCLING = 10
"""How many iterations a row or column simplex may take before another method is tried."""


class Ran(NamedTuple):
    """How a run ended; `broken` where the method failed, or used up its iterations."""

    outcome: Outcome
    iterations: int
    broken: bool


def most_iterations(n_rows: int, n_columns: int) -> int:
    """Return how many iterations simplex may take before it is said to circle."""
    return CIRCLING * (n_rows + n_columns)


def run(highs: Any, method: Method, most: int) -> Ran:
    """Run simplex from the basis at hand, for `most` iterations at the most."""
    for option, value in {"simplex_strategy": method.strategy, "simplex_dual_edge_weight_strategy": method.weights,
                          "simplex_iteration_limit": most}.items():
        highs.setOptionValue(option, value)
    highs.run()
    outcome = ended(highs)
    return Ran(outcome, highs.getInfo().simplex_iteration_count, outcome == "failed" or circled(highs))


def run_interior(highs: Any) -> Outcome:
    """Run the interior point method, from no basis."""
    highs.clearSolver()
    highs.setOptionValue("solver", "ipm")
    highs.run()
    highs.setOptionValue("solver", "choose")
    return ended(highs)


def bound_columns(highs: Any, lower: Int64, upper: Int64) -> None:
    """Give all columns these bounds."""
    highs.changeColsBounds(len(lower), np.arange(len(lower), dtype=np.int32), doubles(lower), doubles(upper))


def rebound_rows(highs: Any, before: Bounded, after: Bounded) -> None:
    """Give the rows whose bounds differ those of `after`."""
    for row in np.flatnonzero((before.row_lower != after.row_lower) | (before.row_upper != after.row_upper)):
        highs.changeRowBounds(int(row), *doubles(np.array([after.row_lower[row], after.row_upper[row]])))


def cut_back(highs: Any, n_rows: int, n_columns: int) -> None:
    """Delete the rows and columns after the first ones; the basis is left to whoever calls."""
    for delete, first, end in ((highs.deleteRows, n_rows, highs.getNumRow()),
                               (highs.deleteCols, n_columns, highs.getNumCol())):
        if first < end:
            delete(end - first, np.arange(first, end, dtype=np.int32))


def grown(basis: Any, n_rows: int, n_columns: int) -> Any:
    """Return a basis for a model that has gained rows and columns since: the rows are slack, the columns at zero."""
    import highspy

    rows, columns = list(basis.row_status), list(basis.col_status)
    if len(rows) == n_rows and len(columns) == n_columns:
        return basis
    status, larger = highspy.HighsBasisStatus, highspy.HighsBasis()
    larger.row_status = rows + [status.kBasic] * (n_rows - len(rows))
    larger.col_status = columns + [status.kLower] * (n_columns - len(columns))
    larger.valid = True
    return larger
