"""The relaxation of a whole program from its parts', goal by goal, each starting from the prices of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import numpy as np
from scipy import sparse

from matching.engines.blending import blend, weights
from matching.engines.by_price import BOX, Minimum, Point, Priced, Terms, by_price
from matching.engines.couplings import Couplings, Floats, of_parts, with_goals
from matching.engines.part_relaxation import PartRelaxation
from matching.engines.settings import Settings
from matching.engines.shared_out import amounts
from matching.engines.split import Split
from matching.problem.program import Int64

ROUGH, FINE, LATER = 1e-4, 1e-6, 1e-3
"""How near value and bound come: for the amounts that parts are given, for the first goal, and for those after it."""
WIDE = 16.0
"""By what factor prices may move at first where goals are held at what was reached."""
PRECISION = 2**14
MOST_ROUNDS = 12
FEW = 5
"""About how many parts are first asked for prices: the relaxations of the others begin at the middle of these."""
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
        self._parts: dict[int, PartRelaxation] = {}

    def _begin(self, parts: Iterable[int], deadline: float) -> None:
        """Make the relaxations of those parts that have none yet, for the prices at hand."""
        new = [k for k in parts if k not in self._parts]
        self._parts |= dict(zip(new, self._side_by_side(lambda k: self._made(k, deadline), new), strict=True))

    def _made(self, k: int, deadline: float) -> PartRelaxation:
        part = self._split.parts[k]
        rows = self._rows[k]
        paid = rows.T @ np.rint(self._prices).astype(np.int64)
        own = replace(self._settings, workers=1, deadline=deadline)
        return PartRelaxation(part, rows, self._cost(k) + paid, own)

    @cached_property
    def _rows(self) -> list[sparse.csr_array]:
        return of_parts(self._split, self._found)

    def _side_by_side(self, work: Callable[[T], R], on: Iterable[T]) -> list[R]:
        with ThreadPoolExecutor(max(1, self._settings.workers)) as pool:
            return list(pool.map(work, on))

    def blended(self, deadline: float, known: Int64 | None = None) -> Priced | None:
        """Return the relaxation for all goals in one, the first weighing most; its prices are where others start.

        Parameters
        ----------
        known : shape (n_columns of the whole,); a plan by which the first prices are asked for
        """
        self._until(deadline)
        if len(self._found.upper):
            self._prices = self._first_prices(known, deadline)
        self._begin(range(len(self._split.parts)), deadline)
        priced = self._priced(self._found, self._blend, self._prices, ROUGH, lambda _: None)
        if priced is not None:
            self._prices = priced.coupling_prices
        return priced

    @property
    def prices(self) -> Floats:
        """The couplings' prices for all goals in one, as far as they are known; shape (n couplings,)."""
        return self._prices

    def bound(self, goal: int, limits: Sequence[int], heard: Callable[[Fraction], None], deadline: float
              ) -> Floats | None:
        """Tell `heard` of ever better bounds of one goal, its constant not included, and return the last prices.

        These are of the couplings, then of the goals held; None where there are none.

        Parameters
        ----------
        limits : what the goals before it may not exceed, their constants not included
        """
        self._until(deadline)
        held, weight = with_goals(self._found, self._costs, limits), self._weights[goal]
        start = np.concatenate([self._prices, self._weights[:goal]])
        priced = self._priced(held, self._costs[goal], start / weight if weight else None,
                              LATER if goal else FINE, heard)
        return None if priced is None else priced.coupling_prices

    def _until(self, deadline: float) -> None:
        for part in self._parts.values():
            part.deadline = deadline

    def _first_prices(self, known: Int64 | None, deadline: float) -> Floats:
        """Return the middle of what a few parts would pay for more than they use in a plan, and their share of the
        rest by size."""
        n = len(self._split.parts)
        few = range(n // (2 * FEW), n, max(1, n // FEW))
        self._begin(few, deadline)
        use = np.zeros(self._split.whole.n_columns) if known is None else known.astype(np.float64)
        given = amounts(self._split, self._found, use)
        asked = self._side_by_side(lambda k: self._parts[k].prices(self._cost(k), given[:, k]), few)
        told = [prices for prices in asked if prices is not None]
        return np.median(told, axis=0) if told else np.zeros(len(self._found.upper))

    def _cost(self, k: int) -> Int64:
        return self._blend[self._split.parts[k].columns]

    def _priced(self, held: Couplings, cost: Int64, start: Floats | None, close: float,
                heard: Callable[[Fraction], None]) -> Priced | None:
        terms = Terms(start, self._points, close, PRECISION, MOST_ROUNDS, heard,
                      BOX if held is self._found else WIDE)
        return by_price(self._split, held, cost, self._minimised, terms)

    def _minimised(self, costs: Sequence[Int64]) -> list[Minimum | None]:
        return self._side_by_side(lambda k: self._parts[k].minimum(costs[k]), range(len(costs)))
