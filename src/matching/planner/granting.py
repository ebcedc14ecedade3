"""Blocking pairs granted one after another until none is left that the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matching.problem.program import Int64
from matching.problem.standing import NONE
from matching.studies.blocking import Pairs, open_pairs
from matching.studies.claims import Claims
from matching.studies.seating import NOBODY, Seating


class Grants(NamedTuple):
    """Arcs taken and given up, -1 for none, in parallel."""

    taken: Int64
    own: Int64
    held: Int64

    def first(self, n: int) -> Grants:
        """Return the first `n`."""
        return Grants(*(column[:n] for column in self))


def granted(claims: Claims, chosen: Int64, go_on: Callable[[], bool]) -> Int64:
    """Return the arcs of a plan without an avoidable blocking pair, or as far as there was time.

    Every step keeps the hard rules, serves some teachers better and harms only teachers of less merit than they: since
    all posts go by one order of merit, the teachers' wishes, summed up merit by merit, fall in the order of the
    dictionary, so that it ends.

    Parameters
    ----------
    chosen : the arcs of a plan that keeps every hard rule
    go_on : asked before each step
    """
    while go_on():
        seating = Seating(claims, chosen)
        pairs = open_pairs(seating)
        avoidable = pairs.take(np.flatnonzero(pairs.rule == NONE))
        if not len(avoidable.arc):
            return chosen
        chosen = _step(seating, _apart(claims, seating, avoidable))
    return chosen


def stands(claims: Claims, chosen: Int64) -> bool:
    """Tell whether a plan has no avoidable blocking pair."""
    return not open_pairs(Seating(claims, chosen)).counted.avoidable


def _apart(claims: Claims, seating: Seating, pairs: Pairs) -> Grants:
    """Return grants that concern different teachers and needs, those of most merit and of the best wish first."""
    order = np.lexsort((pairs.arc, pairs.wish, -claims.merit[pairs.teacher]))
    teachers: set[int] = set()
    needs: set[int] = set()
    kept = []
    for at, teacher, need, instead in zip(order.tolist(), *(column[order].tolist() for column in (
            pairs.teacher, pairs.need, pairs.instead)), strict=True):
        if need not in needs and not teachers & {teacher, instead}:
            kept.append(at)
            needs.add(need)
            teachers |= {teacher, instead} - {NOBODY}
    found = pairs.take(np.array(kept, np.int64))
    held = np.where(found.instead >= 0, seating.own[found.instead], NOBODY)
    return Grants(found.arc, seating.own[found.teacher], held)


def _step(seating: Seating, grants: Grants) -> Int64:
    """Grant as many together as keep every hard rule: half as many each time they do not; one alone always does."""
    n = len(grants.taken)
    while n > 1 and _breaks(seating, grants.first(n)):
        n = (n + 1) // 2
    now = grants.first(n)
    gone = np.concatenate([now.own, now.held])
    return np.union1d(np.setdiff1d(seating.chosen, gone), now.taken)


def _breaks(seating: Seating, grants: Grants) -> bool:
    single = [np.array([arc], np.int64) for arc in grants.taken.tolist()]
    gone = [np.array([arc], np.int64) for column in (grants.own, grants.held) for arc in column.tolist()]
    return bool(seating.first_broken(single, gone)[0] != NONE)
