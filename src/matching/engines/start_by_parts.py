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
from matching.engines.linking_price import linking_price, saving_at
from matching.engines.seeds import Priced
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX, most_iterations, run
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64


class Start(NamedTuple):
    """A basis over some columns, and the cost of these for which it is nearly the best.

    `iterations` is what the parts took together.
    """

    columns: Int64
    basis: Any
    cost: Floats
    iterations: int


class _Linked(NamedTuple):
    """The price of a row that links parts, what it counts of each column, and the columns that it calls for."""

    price: float
    row: Int64
    called_for: Int64


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
    linked = _linked(extension, n_arcs, priced, columns)
    if linked is None:
        return None
    columns = np.union1d(columns, linked.called_for)
    system = extension.system.restricted(columns)
    groups = _groups(system, n_arcs, columns)
    charged = cost[columns] + np.float64(linked.price) * linked.row[columns]
    with ThreadPoolExecutor(settings.workers) as pool:
        solved = list(pool.map(lambda part: _solved(part, replace(settings, workers=1)),
                               _parts(system, groups, charged)))
    found = [part for part in solved if part is not None]
    return _joined(columns, system, groups, charged, found) if len(found) == len(solved) else None


def _groups(system: System, n_arcs: int, columns: Int64) -> Components:
    """Return the parts of a system of some columns."""
    return components(system.matrix[:system.goal_row(0)], int(np.searchsorted(columns, n_arcs)))


def _linked(extension: Extension, n_arcs: int, priced: Priced, columns: Int64) -> _Linked | None:
    """Return the linking row that the flow exceeds most, with its price; None where there are no parts to link."""
    system = extension.system
    groups = _groups(system.restricted(columns), n_arcs, columns)
    if len(groups.sizes) < 2:
        return None
    rows = {int(number): extension.over_program(system.row(int(number))) for number in np.flatnonzero(groups.rows < 0)
            if 0 < system.row_upper[number] < INFINITE}
    exceeded = {number: float(row @ priced.flow) / int(system.row_upper[number]) for number, row in rows.items()
                if row.min(initial=0) >= 0}
    most = max(exceeded, key=exceeded.__getitem__, default=None)
    if most is None or exceeded[most] <= 1:
        return _Linked(0.0, np.zeros(system.n_columns, np.int64), columns[:0])
    among = np.isin(np.arange(len(priced.flow)), columns)
    price = linking_price(priced, among, rows[most], int(system.row_upper[most]))
    return _Linked(price, system.row(most), saving_at(priced, among, rows[most], price))


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


def _joined(columns: Int64, system: System, groups: Components, cost: Floats, parts: Sequence[_Solved]) -> Start:
    """Join the parts' bases; the rows that link them, and the goals', are slack."""
    import highspy

    status = highspy.HighsBasisStatus
    of_columns, of_rows = [status.kLower] * system.n_columns, [status.kBasic] * system.n_rows
    for group, solved in enumerate(parts):
        for whole, own, members in zip((of_rows, of_columns), (solved.rows, solved.columns), _members(groups, group),
                                       strict=True):
            for place, of_part in zip(members.tolist(), own, strict=True):
                whole[place] = of_part
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status, basis.valid = of_columns, of_rows, True
    return Start(columns, basis, cost, sum(part.iterations for part in parts))
