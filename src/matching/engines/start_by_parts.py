"""A basis for a relaxation to begin from, joined of the bases of its parts, which are solved side by side.

But for a budget and a share of all, provinces are programs of their own, and simplex takes a third of the time for
three thirds, at each step. Once a unit of the budget has its price, what is best for each part is nearly the best for
all: the dual simplex mends the rest. Columns that were not at hand are priced in part by part too.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from matching.engines.at_hand import AtHand
from matching.engines.components import Components, components
from matching.engines.highs_model import Floats
from matching.engines.lifting import Extension
from matching.engines.linking_price import linking_price
from matching.engines.seeds import Mask, Priced
from matching.engines.settings import Settings
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64


class Start(NamedTuple):
    """Columns to have at hand, ascending, and a basis and cost of them, for which it is nearly the best.

    `iterations` is what the parts took together.
    """

    columns: Int64
    basis: Any
    cost: Floats
    iterations: int


class _Part(NamedTuple):
    """A part as a system, what its columns cost and which it begins with; its rows and columns in the whole."""

    system: System
    cost: Floats
    core: Mask
    rows: Int64
    columns: Int64


class _Solved(NamedTuple):
    """How a part ended: the columns that it has at hand, and a basis of them."""

    part: _Part
    at_hand: Int64
    basis: Any
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
    system = extension.system
    groups = components(system.matrix[:system.goal_row(0)], n_arcs)
    if len(groups.sizes) < 2:
        return None
    core = np.zeros(system.n_columns, np.bool_)
    core[columns] = True
    charged = cost + _charges(extension, priced, np.flatnonzero(groups.rows < 0), core[:len(priced.flow)])
    with ThreadPoolExecutor(settings.workers) as pool:
        solved = list(pool.map(lambda part: _solved(part, replace(settings, workers=1)),
                               _parts(system, groups, charged, core)))
    found = [part for part in solved if part is not None]
    return _joined(system, core, charged, found) if len(found) == len(solved) else None


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


def _parts(system: System, groups: Components, cost: Floats, core: Mask) -> list[_Part]:
    found = []
    for group in range(len(groups.sizes)):
        rows, columns = np.flatnonzero(groups.rows == group), np.flatnonzero(groups.columns == group)
        own = System(system.matrix[rows][:, columns], system.row_lower[rows], system.row_upper[rows],
                     system.lower[columns], system.upper[columns], system.families[rows], 0)
        found.append(_Part(own, cost[columns], core[columns], rows, columns))
    return found


def _solved(part: _Part, settings: Settings) -> _Solved | None:
    at_hand = AtHand(part.system, part.core, settings)
    if at_hand.least(part.cost, settings.deadline) != "optimal":
        return None
    return _Solved(part, at_hand.columns, at_hand.basis, at_hand.iterations)


def _joined(system: System, core: Mask, cost: Floats, parts: Sequence[_Solved]) -> Start:
    """Join the parts' bases; the rows that link them, and the goals', are slack."""
    import highspy

    status = highspy.HighsBasisStatus
    columns, rows = np.full(system.n_columns, status.kLower), np.full(system.n_rows, status.kBasic)
    held = core.copy()
    for part, at_hand, basis, _ in parts:
        own = part.columns[at_hand]
        held[own] = True
        columns[own], rows[part.rows] = basis.col_status, basis.row_status
    joined = highspy.HighsBasis()
    joined.col_status, joined.row_status, joined.valid = columns[held].tolist(), rows.tolist(), True
    return Start(np.flatnonzero(held), joined, cost[held], sum(part.iterations for part in parts))
