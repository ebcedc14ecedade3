"""One plan for each part, of several that are known: the best that fit together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matching.engines.by_price import Point
from matching.engines.couplings import Couplings
from matching.engines.cpsat import CpSat
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines.split import Split
from matching.problem.program import INFINITE, Int64, Objective, Program, RowLabel

MOST_EFFORT = 2.0
"""CP-SAT's measure of what a search takes, about a second each; not seconds, so that the same plans give the same
choice."""


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
    ledger = Ledger(_program(split, held, costs, points))
    CpSat(MOST_EFFORT).run(ledger, settings)
    if ledger.x is None:
        return None
    return _plans(split, [points[k] for k in np.flatnonzero(ledger.x)])


def _distinct(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that come again."""
    return list({(part, columns.tobytes(), values.tobytes()): Point(part, columns, values)
                 for part, columns, values in points}.values())


def _program(split: Split, held: Couplings, costs: Sequence[Int64], points: Sequence[Point]) -> Program:
    """Return the choice as a program: a column says whether a point is chosen, one row for each part that one is."""
    n_parts, n_points = len(split.parts), len(points)
    one_each = sparse.csr_array((np.ones(n_points, np.int64), ([p.part for p in points], np.arange(n_points))),
                                shape=(n_parts, n_points))
    goals = sparse.csr_array(np.array(costs, np.int64))
    counted = sparse.csc_array(sparse.vstack([held.matrix, goals]), dtype=np.int64)
    use = np.array([counted[:, split.parts[part].columns[columns]] @ values.astype(np.int64)
                    for part, columns, values in points], np.int64).reshape(n_points, -1).T
    n_held = len(held.upper)
    matrix = sparse.csr_array(sparse.vstack([one_each, sparse.csr_array(use[:n_held])], format="csr"), dtype=np.int64)
    ones = np.ones(n_parts, np.int64)
    return Program(
        n_points, matrix, np.r_[ones, np.full(n_held, -INFINITE)], np.r_[ones, held.upper],
        np.zeros(n_points, np.int64), np.ones(n_points, np.int64), (RowLabel("choice", ""),) * (n_parts + n_held),
        tuple(Objective(f"goal-{k}", cost) for k, cost in enumerate(use[n_held:])))


def _plans(split: Split, chosen: Sequence[Point]) -> list[Int64]:
    in_order = sorted(chosen, key=lambda point: point.part)
    return [point.whole(len(part.columns)) for point, part in zip(in_order, split.parts, strict=True)]
