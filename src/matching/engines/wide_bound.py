"""A bound of a goal over all pairs of a wide problem, found from few of them.

A flow over some pairs gives prices, the prices tell which others would save something, and some of those are added:
drawn at random, since what is cheapest for all teachers are the same few posts. Rows that are no part of the network
are paid for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engines.process import Asked
from matching.engines.side_by_side import nobody_asks
from matching.engines.wide_ascent import Ascent, Totals
from matching.engines.wide_flow import Flow, flow_over
from matching.engines.wide_prices import Priced, Prices, Scan
from matching.problem.program import Int64

CORE, ADDED, FIRST = 800_000, 400_000, 500_000
"""Pairs in one flow, about; how many are added to it at most; and how many it begins with."""
MOST_ROUNDS = 40
CLOSE = 3e-4
FINE = 0.1
"""Other prices are tried once the pairs left out save no more than this part of the bound."""


@dataclass(frozen=True)
class Terms:
    """How a search goes: it ends at `deadline` (`time.monotonic`), or where `stop` says so, asked between two flows.

    `rounds` is how many flows there are at most; the search ends where the bound, by all that is known, can rise by no
    more than the part `close` of it.
    `steer_goals` says that what goals before are charged is found too; else it stays.
    """

    deadline: float
    seed: int = 0
    rounds: int = MOST_ROUNDS
    close: float = CLOSE
    steer_goals: bool = False
    stop: Asked = nobody_asks

    @property
    def over(self) -> bool:
        """Whether no further flow is to begin."""
        return self.stop() or time.monotonic() >= self.deadline


@dataclass(frozen=True)
class Found:
    """What a search ended with.

    Attributes
    ----------
    scan : the best bound and its prices, of a pass over all pairs
    flow : the last flow: the pairs that it uses, and its prices
    arcs : the pairs at hand at the end
    rounds : how many flows there were
    """

    scan: Scan
    flow: Flow
    arcs: Int64
    rounds: int


def first_arcs(priced: Priced, seed: int) -> Int64:
    """Return pairs to begin with, drawn evenly; all where they are few."""
    n = len(priced.wide.arcs)
    if n <= FIRST:
        return np.arange(n)
    return np.unique(np.random.default_rng(seed).integers(0, n, FIRST))


def search(priced: Priced, prices: Prices, limits: Sequence[int], arcs: Int64, terms: Terms,
           seen: list[Totals] | None = None) -> Found | None:
    """Raise the bound of a goal until a round does little for it; None where time is up before the first.

    Parameters
    ----------
    prices : to begin with; potentials are found anew
    limits : of each goal before, what plans may cost in it at most
    arcs : the pairs to begin with
    seen : what the flows of searches before came to; those of this one are added
    """
    ascent = Ascent(priced, [] if seen is None else seen, limits, terms.steer_goals, terms.close)
    random = np.random.default_rng(terms.seed)
    best: Scan | None = None
    found: Found | None = None
    for number in range(1, terms.rounds + 1):
        flow = None if terms.over else flow_over(priced, prices, arcs)
        if flow is None:
            break
        scan = priced.scan(flow.prices, limits)
        if best is None or scan.bound > best.bound:
            best = scan
        lost = -float(scan.worst.sum()) / prices.scale if _new(scan.saving, arcs) else 0.0
        arcs = _next(priced, flow, scan.saving, arcs, random)
        found = Found(best, flow, arcs, number)
        size = max(1.0, abs(float(best.bound)))
        if lost > FINE * size:
            continue
        tried, prices = prices, ascent.next(prices, flow.carried)
        if lost <= terms.close * size and (ascent.done or _same(tried, prices)):
            break
    return found


def _new(saving: Int64, arcs: Int64) -> bool:
    """Tell whether pairs that are not at hand would save something; some of those at hand do, whom a seat binds."""
    at = np.minimum(np.searchsorted(arcs, saving), len(arcs) - 1)
    return bool((arcs[at] != saving).any())


def _same(a: Prices, b: Prices) -> bool:
    return a.goals == b.goals and all(np.array_equal(x, y) for x, y in zip(a.rows, b.rows, strict=True))


def _next(priced: Priced, flow: Flow, saving: Int64, arcs: Int64, random: np.random.Generator) -> Int64:
    """Return the flow's pairs, those at hand that are nearest to being used, and some that save something."""
    if len(saving) > ADDED:
        saving = saving[random.random(len(saving)) < ADDED / len(saving)]
    most = CORE - len(saving)
    if len(arcs) > most:
        reduced = priced.reduced(flow.prices, arcs)
        arcs = arcs[reduced <= np.partition(reduced, most)[most]]
    return np.union1d(np.union1d(arcs, saving), flow.carried)
