"""The reserve lists: of each post, and of all, as long as a stated chance asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from matching.domain.instance import Instance
from matching.scenarios.arrivals.barred import barred
from matching.scenarios.arrivals.draws import Outcome, Purpose
from matching.scenarios.arrivals.figures import chance
from matching.scenarios.arrivals.ground import Ground
from matching.scenarios.arrivals.records import Chance, Overall, PostReserve, Stand
from matching.scenarios.arrivals.repair import Columns
from matching.scenarios.arrivals.tails import TINY, Floats, distribution, interval

Drawn = Callable[[Ground, int, "tuple[int, ...] | None"], Outcome]
"""Draws outcomes for a purpose, with all of the reserve (None) or some of it."""


class Sized(NamedTuple):
    """How many on a list are needed (None: more than it has), and the chance that they, or all of it, give."""

    needed: int | None
    reached: float


def sized(placed: Floats, listed: Floats, wanted: float) -> Sized:
    """Return how many of a post's list give the chance that all of its seats are filled, were they asked for it alone.

    With V of the placed not arriving, and W of the first k of the list who would come, the chance is P(W >= V), by the
    exact distributions of both.

    Parameters
    ----------
    placed, listed : rates of those placed there, and of the list in its order
    """
    lacking = distribution(1 - placed)
    reached = 0.0
    for k in range(len(listed) + 1):
        coming = distribution(listed[:k])
        enough = np.append(np.cumsum(coming[::-1])[::-1], np.zeros(len(lacking)))[:len(lacking)]
        reached = min(1.0, float(lacking @ enough))
        if reached >= wanted - TINY:
            return Sized(k, reached)
    return Sized(None, reached)


def of_posts(instance: Instance, ground: Ground, drawn: Outcome, wanted: float) -> tuple[PostReserve, ...]:
    """Return the list of every post that the plan fills, in the order of the workbook.

    Whom a hard rule bars is told, but counts for nothing in how long the list has to be.
    """
    planned, draws = ground.planned, len(drawn.filled)
    bars = barred(ground, Columns.of(ground))
    by_need = np.argsort(ground.need[:ground.placed], kind="stable")
    at = np.searchsorted(ground.need[by_need], np.arange(ground.n_needs + 1))
    found = []
    for n in np.flatnonzero(planned).tolist():
        own = ground.asked[ground.start[n]:ground.start[n + 1]]
        rates = ground.rate[by_need[at[n]:at[n + 1]]]
        size = sized(rates, ground.rate[[c for c in own.tolist() if bars[c - ground.placed] is None]], wanted)
        hits = int(drawn.full[n])
        found.append(PostReserve(instance.needs[n].need_id, int(planned[n]), float(np.prod(rates)), size.needed,
                                 size.reached, Chance(hits, draws, *interval(hits, draws)),
                                 tuple(_stand(instance, ground, drawn, bars, c) for c in own.tolist())))
    return tuple(found)


def _stand(instance: Instance, ground: Ground, drawn: Outcome, bars: Sequence[str | None], column: int) -> Stand:
    teacher = instance.teachers[int(ground.teacher[column])].teacher_id
    return Stand(teacher, float(ground.rate[column]), int(drawn.called[column]), int(drawn.came[column]),
                 bars[column - ground.placed])


def overall(instance: Instance, ground: Ground, draw: Drawn, shown: Outcome, every: Outcome, test: Outcome,
            wanted: float) -> Overall:
    """Return the least of the reserve that does, with the stated chance, all that the whole of it could.

    Who fills most seats comes first, by draws for the choice alone; how far down that order is needed is found by
    halving, on the same draws, and then tested on others.

    Parameters
    ----------
    shown, every, test : draws with all of the reserve, to show, to choose by, and to test
    """
    order = _most_useful_first(ground, every)

    def does(number: int) -> bool:
        some = draw(ground, Purpose.CHOICE, tuple(order[:number]))
        return float((some.filled >= every.filled).mean()) >= wanted - TINY

    low, high = -1, len(order)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    tested = draw(ground, Purpose.TEST, tuple(order[:high])).filled >= test.filled
    return Overall(high, tuple(instance.teachers[t].teacher_id for t in order), chance(tested),
                   chance(shown.filled >= ground.placed))


def _most_useful_first(ground: Ground, every: Outcome) -> list[int]:
    came = np.bincount(ground.teacher[ground.placed:], every.came[ground.placed:], minlength=ground.n_teachers)
    reserves = ground.reserves
    return [int(t) for t in reserves[np.argsort(-came[reserves], kind="stable")]]
