"""One plan for each part, of several that are known: the best that fit together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matching.engines.by_price import Point
from matching.engines.couplings import Couplings
from matching.engines.highs_model import Listeners, Search, solve_whole
from matching.engines.settings import Settings
from matching.engines.split import Split
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

MOST_NODES = 2_000
"""Of each search; a number of nodes, not of seconds, so that the same plans give the same choice."""


def best_choice(split: Split, held: Couplings, costs: Sequence[Int64], points: Sequence[Point], settings: Settings
                ) -> list[Int64] | None:
    """Return a plan of each part, the best found in the goals in order; None where none fit together.

    Parameters
    ----------
    held : what the plans together must keep to
    costs : of the goals, each int64, shape (n_columns of the whole,)
    points : plans of parts, whole numbers
    """
    points = _distinct(points)
    system, chosen = _system(split, held, costs, points), None
    limits: list[int] = []
    for goal in range(len(costs)):
        chosen = _best(system.held(limits), system.cost(goal), chosen, settings)
        if chosen is None:
            return None
        limits.append(int(system.cost(goal) @ chosen))
    assert chosen is not None
    return _plans(split, [points[k] for k in np.flatnonzero(chosen)])


def _distinct(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that come again; values whole."""
    found = {(part, columns.tobytes(), np.rint(values).tobytes()): Point(part, columns, np.rint(values))
             for part, columns, values in points}
    return list(found.values())


def _system(split: Split, held: Couplings, costs: Sequence[Int64], points: Sequence[Point]) -> System:
    """Return the choice as a system: a column says whether a point is chosen, one row for each part that one is."""
    n_parts, n_points = len(split.parts), len(points)
    one_each = sparse.csr_array((np.ones(n_points, np.int64), ([p.part for p in points], np.arange(n_points))),
                                shape=(n_parts, n_points))
    counted = sparse.vstack([held.matrix, sparse.csr_array(np.array(costs, np.int64))], format="csc")
    use = np.array([counted[:, split.parts[part].columns[columns]] @ values.astype(np.int64)
                    for part, columns, values in points]).reshape(n_points, -1).T
    matrix = sparse.csr_array(sparse.vstack([one_each, sparse.csr_array(use)], format="csr"), dtype=np.int64)
    free = np.full(len(held.upper) + len(costs), -INFINITE)
    return System(
        matrix, np.r_[np.ones(n_parts, np.int64), free],
        np.r_[np.ones(n_parts, np.int64), held.upper, np.full(len(costs), INFINITE)],
        np.zeros(n_points, np.int64), np.ones(n_points, np.int64), np.arange(matrix.shape[0]), len(costs))


def _best(system: System, cost: Int64, start: Int64 | None, settings: Settings) -> Int64 | None:
    """Return the choice that costs least of those found."""
    found = [] if start is None else [start]
    search = Search(start=start, options={"mip_max_nodes": MOST_NODES}, listeners=Listeners(plan=found.append))
    solve_whole(system, cost.astype(np.float64), search, settings, settings.deadline)
    return min((x for x in found if system.admits(x)), key=lambda x: int(cost @ x), default=None)


def _plans(split: Split, chosen: Sequence[Point]) -> list[Int64]:
    plans = [np.zeros(len(part.columns), np.int64) for part in split.parts]
    for part, columns, values in chosen:
        plans[part][columns] = values.astype(np.int64)
    return plans
