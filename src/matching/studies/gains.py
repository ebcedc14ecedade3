"""Which placed teachers would rather have another's post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matching.domain.plan import Placement
from matching.problem.classes import Index
from matching.problem.columns import Floats
from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.studies.case import Case

KILOMETRE = 10
"""In hectometres: a post is nearer where it is nearer by at least this much."""
MOST = 2_000_000
"""About how many wishes for another's place are kept at most; beyond, each mover's worse ones are left out."""


class Merit(NamedTuple):
    """What a post is to a teacher: the wish that it meets (4: none), in the home county or not, hectometres (-1)."""

    wish: Floats
    county: Bools
    hectometres: Int64


@dataclass(frozen=True)
class Wants:
    """Mover `tail` gains by taking the post of mover `head`; the arrays are parallel.

    `steps` is how many wishes better, `home` whether the home county is reached, `nearer` how many hectometres nearer
    (negative: farther, 0 where a distance is unknown).
    """

    tail: Int64
    head: Int64
    steps: Int64
    home: Int64
    nearer: Int64

    def take(self, keep: Index | Bools) -> Wants:
        """Return some of them."""
        return Wants(self.tail[keep], self.head[keep], self.steps[keep], self.home[keep], self.nearer[keep])

    def best(self, most: int) -> Wants:
        """Return of each mover the `most` best."""
        order = np.lexsort((self.head, -self.nearer, -self.home, -self.steps, self.tail))
        tail = self.tail[order]
        place = np.arange(len(tail)) - np.searchsorted(tail, tail)
        return self.take(order[place < most])


def movers(case: Case) -> tuple[Placement, ...]:
    """Return the placements that may be swapped: unlocked ones of teachers with one post."""
    free = {t.teacher_id for t in case.instance.teachers if t.lock_need is None}
    return tuple(p for p in case.placements if len(case.placed[p.teacher]) == 1 and not p.locked and p.teacher in free)


def wants(case: Case, moving: tuple[Placement, ...]) -> Wants:
    """Return who gains by whose post, among posts that no hard require rule refuses them.

    A better wish is a gain; the wish equal, so is the home county; these equal, so is a post nearer by a kilometre.
    """
    own = case.pairs(moving)
    mover = np.full(len(case.instance.teachers), -1, np.int64)
    mover[own.teacher] = np.arange(len(moving))
    open_ = np.flatnonzero(mover[case.arcs.teacher] >= 0)
    teacher, need = case.arcs.teacher[open_], case.arcs.need[open_]
    tail = mover[teacher]
    now, then = _merit(case, own.teacher, own.need), _merit(case, teacher, need)
    before = Merit(now.wish[tail], now.county[tail], now.hectometres[tail])
    gains = _better(before, then) & (need != own.need[tail])
    nearer = np.where(_known(before, then), before.hectometres - then.hectometres, 0)
    found = Wants(tail, need.astype(np.int64), (before.wish - then.wish).astype(np.int64),
                  then.county.astype(np.int64) - before.county, nearer).take(gains)
    return _with_heads(found, own.need)


def _merit(case: Case, teacher: Index, need: Index) -> Merit:
    match = case.fields.on_pairs("home_county_match", teacher, need).array
    return Merit(case.fields.on_pairs("preference", teacher, need).array, match == 1,
                 case.fields.pairs.hectometres(teacher, need).astype(np.int64))


def _known(a: Merit, b: Merit) -> Bools:
    return (a.hectometres >= 0) & (b.hectometres >= 0)


def _better(before: Merit, then: Merit) -> Bools:
    nearer = _known(before, then) & (before.hectometres - then.hectometres >= KILOMETRE)
    alike = (then.county & ~before.county) | ((then.county == before.county) & nearer)
    return np.asarray((then.wish < before.wish) | ((then.wish == before.wish) & alike))


def _with_heads(found: Wants, own_need: Index) -> Wants:
    """Turn heads from needs into the movers who are in them, each of them."""
    order = np.argsort(own_need, kind="stable")
    holders = np.searchsorted(own_need[order], np.arange(max(own_need.max(), found.head.max(initial=0)) + 2))
    total = int(np.diff(holders)[found.head].sum())
    if total > MOST:
        found = found.best(max(1, MOST * len(found.tail) // (total * len(own_need))))
    first, each = holders[found.head], np.diff(holders)[found.head]
    at = np.repeat(np.arange(len(each)), each)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(each) - each, each)
    spread = found.take(at)
    return Wants(spread.tail, order[np.repeat(first, each) + offset], spread.steps, spread.home, spread.nearer)
