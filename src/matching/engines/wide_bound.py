"""A bound of a goal over all pairs of a wide problem, found from few of them.

A flow over some pairs gives prices, the prices tell which others would save something, and some of those are added:
drawn at random, since what is cheapest for all teachers are the same few posts. Rows that are no part of the network
are paid for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matching.engines.wide_flow import Flow, flow_over
from matching.engines.wide_prices import Priced, Prices, Scan
from matching.engines.wide_steering import Steering
from matching.problem.program import Int64

CORE, ADDED, FIRST = 800_000, 400_000, 500_000
"""Pairs in one flow, about; how many are added to it at most; and how many it begins with."""
MOST_ROUNDS = 12
CLOSE = 2e-4
"""A search ends where a round raises the bound by no more than this part of it."""
FINE = 0.05
"""Rows are steered once the pairs left out save no more than this part of the bound."""


@dataclass(frozen=True)
class Terms:
    """How a search goes: it ends at `deadline` (`time.monotonic`); `heard` is told each better bound."""

    deadline: float
    seed: int = 0
    rounds: int = MOST_ROUNDS
    heard: Callable[[Fraction], None] = lambda bound: None


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


def search(priced: Priced, prices: Prices, limits: Sequence[int], arcs: Int64, terms: Terms) -> Found | None:
    """Raise the bound of a goal until a round does little for it; None where time is up before the first.

    Parameters
    ----------
    prices : to begin with; potentials are found anew
    limits : of each goal before, what plans may cost in it at most
    arcs : the pairs to begin with
    """
    steering, random = Steering(priced), np.random.default_rng(terms.seed)
    best: Scan | None = None
    found: Found | None = None
    for number in range(1, terms.rounds + 1):
        flow = flow_over(priced, prices, arcs) if time.monotonic() < terms.deadline else None
        if flow is None:
            break
        scan = priced.scan(flow.prices, limits)
        last = best
        if best is None or scan.bound > best.bound:
            best = scan
            terms.heard(scan.bound)
        arcs = _next(priced, flow, scan, arcs, random)
        found = Found(best, flow, arcs, number)
        lost = -float(scan.worst.sum()) / prices.scale
        rows = prices.rows
        if lost <= FINE * abs(float(best.bound)):
            rows = steering.next(prices, flow.carried)
        steady = all(np.array_equal(a, b) for a, b in zip(rows, prices.rows, strict=True))
        if (not len(scan.saving) and steady) or (last is not None and number > 2 and _close(last, best, lost)):
            break
        prices = prices._replace(rows=rows)
    return found


def _close(last: Scan, best: Scan, lost: float) -> bool:
    least = CLOSE * max(1.0, abs(float(best.bound)))
    return float(best.bound - last.bound) <= least and lost <= least


def _next(priced: Priced, flow: Flow, scan: Scan, arcs: Int64, random: np.random.Generator) -> Int64:
    """Return the flow's pairs, those at hand that are nearest to being used, and some that save something."""
    saving = scan.saving
    if len(saving) > ADDED:
        saving = saving[random.random(len(saving)) < ADDED / len(saving)]
    most = CORE - len(saving)
    if len(arcs) > most:
        reduced = _reduced(priced, flow, arcs)
        arcs = arcs[reduced <= np.partition(reduced, most)[most]]
    return np.union1d(np.union1d(arcs, saving), flow.carried)


def _reduced(priced: Priced, flow: Flow, arcs: Int64) -> Int64:
    prices, network, ends = flow.prices, priced.network, priced.wide.arcs
    leave, come = network.teacher[ends.teacher[arcs]], network.need[ends.need[arcs]]
    return np.asarray(priced.costs(prices, arcs) + prices.potential[leave] - prices.potential[come], np.int64)
