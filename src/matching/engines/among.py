"""Branch and bound among the columns that may still move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.engines.bare import Few, bare
from matching.engines.closing import FEW_CUTS
from matching.engines.highs_model import Listeners, Options, Outcome, Search, solve_whole
from matching.engines.propagation import propagated
from matching.engines.settings import Settings
from matching.engines.system import System, system_of
from matching.problem.program import Int64, Program, RowLabel

ALMOST = 0.99
BARE: Options = {
    "presolve": "off", "mip_detect_symmetry": False, "mip_heuristic_effort": 0.0, "mip_pscost_minreliable": 4,
    "mip_heuristic_run_feasibility_jump": False, "mip_heuristic_run_rins": False, "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False, "mip_pool_soft_limit": FEW_CUTS,
}
"""Good plans are near; and of few columns presolve takes longer than the search."""
MANY = 5_000
"""Of so many columns presolve leaves so much less that it is worth its time."""


def few(system: System) -> Few | None:
    """Return what is left of a system by its bounds and what follows from them; None where nothing is."""
    left = propagated(system)
    return None if left is None else bare(left)


def best_among(system: System, cost: Int64, unit: int, settings: Settings, offer: Callable[[Int64], bool],
               start: Int64 | None = None) -> Outcome:
    """Minimise `cost` to within less than `unit` over a system of which little can move; plans found are offered."""
    left = propagated(system)
    if left is None:
        return "infeasible"

    def tell(x: Int64) -> None:
        offer(x)

    options = BARE if left.n_free < MANY else {**BARE, "presolve": "choose"}
    given = start if start is not None and system.admits(start) else None
    search = Search(given, absolute_gap=ALMOST * unit, options=options, listeners=Listeners(plan=tell))
    return solve_whole(left, cost.astype(np.float64), search, settings, settings.deadline).outcome


class Narrowed(NamedTuple):
    """A program without the columns that cannot move."""

    program: Program
    few: Few

    def whole(self, values: Int64) -> Int64:
        """Return all columns of the program as it was."""
        return self.few.whole(values)


def narrowed(program: Program) -> Narrowed | None:
    """Return what is left of a program where most columns cannot move; None where its rows cannot be met."""
    system = system_of(replace(program, objectives=()))
    found = few(system)
    if found is None:
        return None
    part, free = found.system, found.free
    goals = tuple(replace(o, cost=o.cost[free], constant=o.constant + int(o.cost @ found.x))
                  for o in program.objectives)
    labels = (RowLabel("near", ""),) * part.n_rows
    return Narrowed(Program(int(np.count_nonzero(free < program.n_arcs)), part.matrix, part.row_lower, part.row_upper,
                            part.lower, part.upper, labels, goals), found)
