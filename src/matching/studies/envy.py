"""Who would rather have another's seat, and whether that need be (reading 57)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.problem.standing import NONE
from matching.scoring.fairness import Envy
from matching.studies.seating import Seating


class Envies(NamedTuple):
    """Teacher `teacher` would rather have the seat that `of` has; in parallel.

    `allowed` tells that no hard rule forbids their trade, `harmless` that the other would lose nothing by their own
    wishes.
    """

    teacher: Int64
    of: Int64
    allowed: Bools
    harmless: Bools

    @property
    def counted(self) -> Envy:
        """How many teachers there are of each kind."""
        chosen = (np.ones_like(self.allowed), self.allowed, self.allowed & self.harmless)
        return Envy(*(len(np.unique(self.teacher[some])) for some in chosen))


def envies(seating: Seating) -> Envies:
    """Return who envies whom at a post that they may take.

    Two who both have a post would trade; who has none would take the other's, who then has none.
    """
    arcs, wish, now = seating.claims.problem.arcs, seating.claims.wish, seating.now
    arc, held = seating.rivals
    teacher, of = arcs.teacher[arc].astype(np.int64), arcs.teacher[held].astype(np.int64)
    own = seating.own[teacher]
    back, open_ = _back(seating, own, of)
    allowed = np.zeros(len(arc), np.bool_)
    added, dropped = [arc[open_], back[open_]], [own[open_], held[open_]]
    allowed[open_] = seating.first_broken(added, dropped) == NONE
    harmless = np.zeros(len(arc), np.bool_)
    trade = np.flatnonzero(back >= 0)
    harmless[trade] = wish[back[trade]] <= now[of[trade]]
    return Envies(teacher, of, allowed, harmless)


def _back(seating: Seating, own: Int64, of: Int64) -> tuple[Int64, Int64]:
    """Return the arc by which the other would take the post that is offered (-1: none), and which trades are open."""
    arcs = seating.claims.problem.arcs
    n = max(arcs.n_needs, 1)
    keys = arcs.teacher.astype(np.int64) * n + arcs.need
    offered = own >= 0
    wanted = of * n + (arcs.need[own] if len(arcs) else own)
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    back = np.where(offered & (keys[at] == wanted), at, -1) if len(keys) else np.full(len(own), -1, np.int64)
    open_: Int64 = np.flatnonzero(~offered | (back >= 0))
    return back, open_

