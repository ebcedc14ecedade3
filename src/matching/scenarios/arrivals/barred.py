"""Who in reserve could not step in at a post even if nobody else were missing."""

from __future__ import annotations

import numpy as np

from matching.problem.program import Int64
from matching.scenarios.arrivals.ground import Ground
from matching.scenarios.arrivals.repair import Columns, worsened
from matching.scenarios.arrivals.standing import Standing, fresh

AT_ONCE = 200
"""How many posts are looked at together, for the sake of memory."""


def barred(ground: Ground, columns: Columns) -> list[str | None]:
    """Return for each column of the reserve the first hard rule that bars it; None where none does.

    A rule bars somebody from a post where it would fall short by more with them there, all placed at the post being
    missing and everybody else having arrived.
    """
    found: list[str | None] = [None] * (len(ground.arcs) - ground.placed)
    for start in range(0, len(ground.order), AT_ONCE):
        needs = ground.order[start:start + AT_ONCE]
        arrived = ground.need[:ground.placed, None] != needs
        standing = fresh(ground.demands, ground.placed, arrived)
        for at, need in enumerate(needs.tolist()):
            for column in ground.asked[ground.start[need]:ground.start[need + 1]].tolist():
                found[column - ground.placed] = _first(ground, columns, standing, column, np.array([at]))
    return found


def _first(ground: Ground, columns: Columns, standing: Standing, column: int, draw: Int64) -> str | None:
    effect = columns.effects[column - ground.placed]
    rows = effect.rows[effect.guarded][worsened(effect, standing, draw)[:, 0]]
    return ground.demands.rules[int(ground.demands.rule[rows].min())] if len(rows) else None
