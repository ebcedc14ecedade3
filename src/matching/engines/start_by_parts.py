"""A basis for a relaxation to begin from, joined of the bases of its parts, which are solved side by side.

But for a budget and a share of all, provinces are programs of their own, and simplex takes a third of the time for
three thirds, at each step. Once a unit of the budget has its price, what is best for each part is nearly the best for
all: the dual simplex mends the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from matching.engines.components import Components, components
from matching.engines.highs_model import Floats, build
from matching.engines.lifting import Extension
from matching.engines.linking_price import linking_price
from matching.engines.seeds import Mask, Priced
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX, most_iterations, run
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64


class Start(NamedTuple):
    """A basis, and the cost, of the columns at hand, for which it is nearly the best.

    `iterations` is what the parts took together.
    """

    basis: Any
    cost: Floats
    iterations: int


class _Solved(NamedTuple):
    """How a part ended: the status of its columns and rows, as HiGHS names them."""

    columns: Sequence[Any]
    rows: Sequence[Any]
    iterations: int


def start_by_parts(extension: Extension, n_arcs: int, priced: Priced, columns: Int64, cost: Int64,
                   settings: Settings) -> Start | None:
    """Solve the parts of a relaxation; None where it has none, or one of them has no optimum in time.

    Parameters
    ----------
    priced : the flow through the program's network that costs least
    columns : those at hand, ascending
    cost : int64, shape (n_columns of the extended system,); what is minimised
    """
    system = extension.system.restricted(columns)
    groups = components(system.matrix[:system.goal_row(0)], int(np.searchsorted(columns, n_arcs)))
    if len(groups.sizes) < 2:
        return None
    among = np.isin(np.arange(len(priced.flow)), columns)
    charged = cost[columns] + _charges(extension, priced, np.flatnonzero(groups.rows < 0), among)[columns]
    with ThreadPoolExecutor(settings.workers) as pool:
        solved = list(pool.map(lambda part: _solved(part, replace(settings, workers=1)),
                               _parts(system, groups, charged)))
    found = [part for part in solved if part is not None]
    return _joined(system, groups, charged, found) if len(found) == len(solved) else None


def _charges(extension: Extension, priced: Priced, linking: Int64, among: Mask
             ) -> Floats:
    """Return what the extended columns are charged for the linking row that the flow exceeds most."""
    system = extension.system
    charges, most = np.zeros(system.n_columns, np.float64), 1.0
    for number in linking:
        row, limit = system.row(int(number)), int(system.row_upper[number])
        if limit >= INFINITE or limit <= 0 or row.min(initial=0) < 0:
            continue
        counted = extension.over_program(row)
        exceeds = float(counted @ priced.flow) / limit
        if exceeds > most:
            most = exceeds
            charges = np.float64(linking_price(priced, among, counted, limit)) * row
    return charges


def _parts(system: System, groups: Components, cost: Floats) -> list[tuple[System, Floats]]:
    """Return each part as a system, and what its columns cost."""
    found = []
    for group in range(len(groups.sizes)):
        rows, columns = _members(groups, group)
        part = System(system.matrix[rows][:, columns], system.row_lower[rows], system.row_upper[rows],
                      system.lower[columns], system.upper[columns], system.families[rows], 0)
        found.append((part, cost[columns]))
    return found


def _members(groups: Components, group: int) -> tuple[Int64, Int64]:
    return np.flatnonzero(groups.rows == group), np.flatnonzero(groups.columns == group)


def _solved(part: tuple[System, Floats], settings: Settings) -> _Solved | None:
    system, cost = part
    highs = build(system, cost, settings, settings.deadline)
    ran = run(highs, DUAL_SIMPLEX, most_iterations(system.n_rows, system.n_columns))
    if ran.outcome != "optimal":
        return None
    basis = highs.getBasis()
    return _Solved(basis.col_status, basis.row_status, ran.iterations)


def _joined(system: System, groups: Components, cost: Floats, parts: Sequence[_Solved]) -> Start:
    """Join the parts' bases; the rows that link them, and the goals', are slack."""
    import highspy

    status = highspy.HighsBasisStatus
    columns, rows = [status.kLower] * system.n_columns, [status.kBasic] * system.n_rows
    for group, solved in enumerate(parts):
        for whole, own, members in zip((rows, columns), (solved.rows, solved.columns), _members(groups, group),
                                       strict=True):
            for place, of_part in zip(members.tolist(), own, strict=True):
                whole[place] = of_part
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status, basis.valid = columns, rows, True
    return Start(basis, cost, sum(part.iterations for part in parts))
