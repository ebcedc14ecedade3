"""The relaxation of a whole program from its parts', goal by goal, each starting from the prices of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import numpy as np
from scipy import sparse

from matching.engines.blending import blend, weights
from matching.engines.by_price import Minimum, Point, Priced, Terms, by_price
from matching.engines.couplings import Couplings, Floats
from matching.engines.part_relaxation import PartRelaxation
from matching.engines.settings import Settings
from matching.engines.shared_out import amounts
from matching.engines.split import Split
from matching.problem.program import Int64

ROUGH, FINE, LATER = 1e-4, 1e-6, 1e-3
"""How near value and bound come: for the amounts that parts are given, for the first goal, and for those after it."""
NARROW, WIDE = 1.25, 16.0
"""How far prices may move at first: near those of a cost alike, and where goals are held at what was reached."""
PRECISION = 2**14
MOST_ROUNDS = 12
T = TypeVar("T")
R = TypeVar("R")


class AllParts:
    """The parts' relaxations, and what is known of prices and of the parts' solutions.

    Each part is worked by one thread, `settings.workers` of them at once.
    """

    def __init__(self, split: Split, found: Couplings, settings: Settings) -> None:
        self._split = split
        self._found = found
        self._settings = settings
        self._costs = [goal.cost for goal in split.whole.objectives]
        self._weights = weights(self._costs)
        self._blend = blend(self._costs)
        self._points: list[Point] = []
        self._prices = np.zeros(len(found.upper))
        self._parts = self._side_by_side(self._made, range(len(split.parts)))

    def _made(self, k: int) -> PartRelaxation:
        part = self._split.parts[k]
        rows = sparse.csr_array(self._found.matrix.tocsc()[:, part.columns], dtype=np.int64)
        return PartRelaxation(part, rows, self._blend[part.columns], replace(self._settings, workers=1))

    def _side_by_side(self, work: Callable[[T], R], on: Iterable[T]) -> list[R]:
        with ThreadPoolExecutor(max(1, self._settings.workers)) as pool:
            return list(pool.map(work, on))

    def blended(self, deadline: float) -> Priced | None:
        """Return the relaxation for all goals in one, the first weighing most; its prices are where others start."""
        self._until(deadline)
        if len(self._found.upper):
            self._prices = self._first_prices()
        priced = self._priced(self._found, self._blend, self._prices, ROUGH, lambda _: None)
        if priced is not None:
            self._prices = priced.coupling_prices
        return priced

    def bound(self, goal: int, limits: Sequence[int], heard: Callable[[Fraction], None], deadline: float) -> None:
        """Tell `heard` of ever better bounds of one goal, its constant not included.

        Parameters
        ----------
        limits : what the goals before it may not exceed, their constants not included
        """
        self._until(deadline)
        held, weight = self._held(limits), self._weights[goal]
        start = np.concatenate([self._prices, self._weights[:goal]])
        self._priced(held, self._costs[goal], start / weight if weight else None,
                     LATER if goal else FINE, heard)

    def _until(self, deadline: float) -> None:
        for part in self._parts:
            part.deadline = deadline

    def _first_prices(self) -> Floats:
        """Return the middle of what the parts would pay for more than their share by size."""
        given = amounts(self._split, self._found, np.zeros(self._split.whole.n_columns))
        asked = self._side_by_side(lambda k: self._parts[k].prices(self._cost(k), given[:, k]),
                                   range(len(self._parts)))
        known = [prices for prices in asked if prices is not None]
        return np.median(known, axis=0) if known else np.zeros(len(self._found.upper))

    def _cost(self, k: int) -> Int64:
        return self._blend[self._split.parts[k].columns]

    def _held(self, limits: Sequence[int]) -> Couplings:
        """Return the couplings, and the goals done as further ones."""
        if not limits:
            return self._found
        rows = sparse.csr_array(np.array(self._costs[:len(limits)]))
        found = self._found
        return Couplings(
            sparse.csr_array(sparse.vstack([found.matrix, rows], format="csr")), np.r_[found.upper, limits],
            np.vstack([found.weights, np.zeros((len(limits), found.weights.shape[1]), np.int64)]), found.labels)

    def _priced(self, held: Couplings, cost: Int64, start: Floats | None, close: float,
                heard: Callable[[Fraction], None]) -> Priced | None:
        terms = Terms(start, self._points, close, PRECISION, MOST_ROUNDS, heard,
                      NARROW if held is self._found else WIDE)
        return by_price(self._split, held, cost, self._minimised, terms)

    def _minimised(self, costs: Sequence[Int64]) -> list[Minimum | None]:
        return self._side_by_side(lambda k: self._parts[k].minimum(costs[k]), range(len(costs)))
