"""Pairs of a teacher and a post that would rather have each other than what they have (Gale and Shapley, 1962)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.problem.program import Int64
from matching.problem.standing import NONE
from matching.scoring.fairness import Blocking
from matching.studies.seating import NOBODY, Seating


class Pairs(NamedTuple):
    """Blocking pairs, in parallel, in the order of teachers and needs.

    Attributes
    ----------
    teacher, need : positions in the instance
    wish : what the post is to the teacher: 1, 2, 3, or 4 for no wish
    instead : the teacher who would have to go, by position; `NOBODY` where a seat is free
    rule : the rule that forbids it, by its position in the policy; `NONE` where it could be avoided
    arc : -1 where a rule on pairs forbids it
    """

    teacher: Int64
    need: Int64
    wish: Int64
    instead: Int64
    rule: Int64
    arc: Int64

    def take(self, at: Int64) -> Pairs:
        """Return some of them."""
        return Pairs(*(column[at] for column in self))

    @property
    def counted(self) -> Blocking:
        """How many there are of each kind."""
        avoidable = int((self.rule == NONE).sum())
        return Blocking(len(self.rule) - avoidable, avoidable)


def blocking_pairs(seating: Seating) -> Pairs:
    """Return every blocking pair of a plan (reading 58)."""
    parts = zip(open_pairs(seating), _refused(seating), strict=True)
    both = Pairs(*(np.concatenate(columns) for columns in parts))
    return both.take(np.lexsort((both.need, both.teacher)))


def open_pairs(seating: Seating) -> Pairs:
    """Return the blocking pairs that no rule on pairs forbids.

    A pair can come about in the seat that is free, or in that of anyone whom the post likes less. It is avoidable where
    one of these ways keeps every hard rule; the first such way is told, else the first way and what forbids it.
    """
    claims, arcs = seating.claims, seating.claims.problem.arcs
    arc, held = _ways(seating)
    rule = seating.first_broken([arc], [seating.own[arcs.teacher[arc]], held])
    order = np.lexsort((np.arange(len(arc)), rule != NONE, arc))
    _, first = np.unique(arc[order], return_index=True)
    at = order[first]
    arc, held = arc[at], held[at]
    instead = np.where(held >= 0, arcs.teacher[held] if len(held) else held, NOBODY).astype(np.int64)
    return Pairs(arcs.teacher[arc].astype(np.int64), arcs.need[arc].astype(np.int64), claims.wish[arc], instead,
                 rule[at], arc)


def _ways(seating: Seating) -> tuple[Int64, Int64]:
    """Return wanted arcs, each with the arc that would have to go (-1: a free seat), the best way of each first."""
    arcs, merit = seating.claims.problem.arcs, seating.claims.merit
    free = seating.wanted[seating.free[arcs.need[seating.wanted]] > 0]
    arc, held = seating.rivals
    liked = merit[arcs.teacher[held]] < merit[arcs.teacher[arc]]
    arc, held = arc[liked], held[liked]
    order = np.lexsort((merit[arcs.teacher[held]], arc))
    return (np.concatenate([free, arc[order]]),
            np.concatenate([np.full(len(free), NOBODY, np.int64), held[order]]))


def _refused(seating: Seating) -> Pairs:
    """Return the blocking pairs that a rule on pairs forbids: wishes for posts that the teacher could teach."""
    claims, wished = seating.claims, seating.claims.refused
    liked = (seating.free[wished.need] > 0) | (seating.lowest[wished.need] < claims.merit[wished.teacher])
    at = np.flatnonzero((wished.wish < seating.now[wished.teacher]) & liked)
    nothing = np.full(len(at), NOBODY, np.int64)
    return Pairs(wished.teacher[at], wished.need[at], wished.wish[at], nothing, claims.refusals[at], nothing)
