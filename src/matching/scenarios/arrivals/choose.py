"""How many to choose, so that enough of them arrive."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.domain.instance import Instance
from matching.scenarios.arrivals.draws import Purpose
from matching.scenarios.arrivals.figures import chance
from matching.scenarios.arrivals.ground import Ground
from matching.scenarios.arrivals.rates import Floats
from matching.scenarios.arrivals.records import Kind, Kinds, Number
from matching.scenarios.arrivals.tails import growing, shared_out, to_choose

ANYBODY, KINDS = 10, 11
"""Streams of the tests."""
AROUND = 12
"""How many numbers beyond the recommended one the curve shows."""


def number_of(ground: Ground, seats: int, wanted: float, draws: int, seed: int) -> Number:
    """Return how many to choose so that `seats` arrive with the chance `wanted`, could everybody take any seat.

    First come the plan's placements, then the reserve, each at their own rate (in reserve the best of their posts);
    whoever is needed beyond comes at the mean rate of the plan's placements.
    """
    placed = ground.rate[:ground.placed]
    mean = float(placed.mean()) if len(placed) else 0.0
    rates = np.concatenate([placed, _best_of_reserve(ground)])
    found = to_choose(seats, wanted, rates, mean) if mean > 0 or not seats else None
    there = len(rates)
    if found is None:
        return Number(seats, None, 0.0, there, mean, None)
    chosen = np.concatenate([rates, np.full(max(0, found.number - there), mean)])[:found.number]
    arrive = [int((u < chosen).sum()) for u in _uniforms(seed, ANYBODY, draws, found.number)]
    longer = np.concatenate([rates, np.full(max(0, found.number + AROUND - there), mean)])[:found.number + AROUND]
    curve = tuple(growing(longer, seats, max(seats, found.number - 3 * AROUND)))
    return Number(seats, found.number, found.reached, there, mean, chance(np.array(arrive) >= seats), curve)


def _best_of_reserve(ground: Ground) -> Floats:
    best = np.zeros(ground.n_teachers)
    np.maximum.at(best, ground.teacher[ground.placed:], ground.rate[ground.placed:])
    return best[ground.reserves]


def _uniforms(seed: int, purpose: int, draws: int, people: int) -> Iterator[Floats]:
    """Yield fresh numbers from 0 to 1, one array a draw."""
    stream = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(Purpose.TEST, purpose)))
    return (stream.random(people) for _ in range(draws))


def kinds_of(instance: Instance, ground: Ground, wanted: float, draws: int, seed: int) -> Kinds:
    """Return how many to choose for the posts of each stage and subject, so that all kinds are full together.

    Everybody of a kind comes at the mean rate of the kind's placements; nobody stands in for another kind.
    """
    needs = [instance.needs[n] for n in ground.need.tolist()]
    names = list(dict.fromkeys((n.stage, n.subject) for n in needs[:ground.placed]))
    kind = np.array([names.index((n.stage, n.subject)) for n in needs], np.int64)
    own = kind[:ground.placed]
    seats = np.bincount(own, minlength=len(names))
    rates = np.bincount(own, ground.rate[:ground.placed], minlength=len(names)) / seats
    numbers, reached = shared_out(seats.tolist(), rates.tolist(), wanted)
    spare = np.unique(np.stack([kind[ground.placed:], ground.teacher[ground.placed:]]), axis=1)
    reserve = np.bincount(spare[0], minlength=len(names))
    stream = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(Purpose.TEST, KINDS)))
    arrive = stream.binomial(numbers, rates, size=(draws, len(names)))
    rows = zip(names, seats.tolist(), rates.tolist(), numbers, reserve.tolist(), strict=True)
    full = chance(np.logical_and.reduce(arrive >= seats, axis=1))
    return Kinds(tuple(Kind(*name, *rest) for name, *rest in rows), reached, full)
