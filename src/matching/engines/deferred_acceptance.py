"""Deferred acceptance (Gale and Shapley, 1962): teachers propose, posts hold the best and turn the rest away."""

from __future__ import annotations

import numpy as np

from matching.problem.arcs import Arcs
from matching.problem.program import Int64


def deferred_acceptance(arcs: Arcs, cost: Int64, merit: Int64, seats: Int64) -> Int64:
    """Return the arcs of the matching that is stable, and the best for every teacher of all that are.

    Only seats and one post a teacher are kept to. Equal costs go by the order of the arcs, equal merits by that of the
    teachers: what is stable for the orders without ties is so for those with them.

    Parameters
    ----------
    cost : int64, (n_arcs,); a teacher rather has the arc of less cost
    merit : int64, (n_teachers,); a post rather has the teacher of more merit
    seats : int64, (n_needs,)
    """
    order = np.lexsort((np.arange(len(arcs)), cost, arcs.teacher))
    turn, end = arcs.start[:-1].copy(), arcs.start[1:]
    held = np.zeros(0, np.int64)
    while True:
        without = np.ones(arcs.n_teachers, np.bool_)
        without[arcs.teacher[held]] = False
        asking = np.flatnonzero(without & (turn < end))
        if not len(asking):
            return np.sort(held)
        proposed = order[turn[asking]]
        turn[asking] += 1
        held = _held(np.concatenate([held, proposed]), arcs, merit, seats)


def _held(candidates: Int64, arcs: Arcs, merit: Int64, seats: Int64) -> Int64:
    """Return those of some arcs that the posts hold on to."""
    teacher, need = arcs.teacher[candidates], arcs.need[candidates]
    order = np.lexsort((teacher, -merit[teacher], need))
    need = need[order]
    place = np.arange(len(need)) - np.searchsorted(need, need)
    return np.asarray(candidates[order[place < seats[need]]], np.int64)
