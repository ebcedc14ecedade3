"""Whole plans of the parts at prices of what links them, and the best choice among those found.

At any prices the parts' best plans prove a bound of the whole (Lagrange), and where these plans are whole it counts
what whole numbers cost within the parts, as their relaxations do not (A. M. Geoffrion, "Lagrangean relaxation for
integer programming", 1974). The many parts of a country leave hardly anything between that bound and the best choice
of one plan for each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.best_choice import best_choice
from matching.engines.blending import blend
from matching.engines.by_price import Minimum, Point, Terms, by_price
from matching.engines.couplings import Couplings, Floats, with_goals
from matching.engines.exact import without_constants
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines.shared_out import joined
from matching.engines.side_by_side import Runner
from matching.engines.split import Split
from matching.problem.program import Int64, Objective, Program

CLOSE = 5e-5
"""What part of a goal prices may leave between the bound and the mixture of whole plans."""
PRECISION = 2**11
"""How fine prices are, in units of the largest cost; finer ones make plans that cost alike take long to tell apart."""
MOST_ROUNDS = 8


class WholePlans:
    """Betters a plan that was put together from plans of the parts.

    Parameters
    ----------
    ledger : of the whole, with a plan; better ones are offered to it
    found : what links the parts
    seconds : about how long a plan of each part takes, as far as it is known; with less time left none are begun
    """

    def __init__(self, ledger: Ledger, split: Split, found: Couplings, settings: Settings, run: Runner, seconds: float
                 ) -> None:
        self._ledger = ledger
        self._split = split
        self._found = found
        self._settings = settings
        self._run = run
        self._seconds = seconds
        self._points: list[Point] = []

    def better(self, prices: Floats, heard: Callable[[Fraction], None]) -> None:
        """Look for a plan that is better in the goal at work, or in those after it, until the goal is proven.

        Where it is from the start, one plan more of each part is looked for.

        Parameters
        ----------
        prices : of what links the parts, then of the goals done, near those at which the blend of the goals left is
            best; shape (n couplings + n goals done,)
        heard : told of bounds of that blend, constants not included
        """
        ledger, goals = self._ledger, self._ledger.program.objectives
        assert ledger.x is not None
        self._points += [Point.of(k, ledger.x[part.columns]) for k, part in enumerate(self._split.parts)]
        costs = [goal.cost for goal in goals]
        held = with_goals(self._found, costs, without_constants(goals, ledger.limits))
        once = ledger.proven

        def minimised(priced: Sequence[Int64]) -> list[Minimum | None]:
            ended = self._is_late() or (ledger.proven and not once)
            return [None] * len(priced) if ended else self._minimised(priced)

        def told(bound: Fraction) -> None:
            heard(bound)
            self._choose(held)

        terms = Terms(prices, self._points, CLOSE, PRECISION, 1 if once else MOST_ROUNDS, told)
        by_price(self._split, held, blend(costs[ledger.goal:]), minimised, terms)

    def _is_late(self) -> bool:
        return self._settings.left(self._settings.deadline) <= self._seconds

    def _choose(self, held: Couplings) -> None:
        """Offer the ledger the best choice of the plans at hand."""
        costs = [goal.cost for goal in self._ledger.program.objectives[self._ledger.goal:]]
        plans = best_choice(self._split, held, costs, self._points, self._settings)
        x = joined(self._split, plans) if plans else None
        if x is not None:
            self._ledger.offer(x)

    def _minimised(self, costs: Sequence[Int64]) -> list[Minimum | None]:
        """Return the parts' best whole plans at these costs, and what is proven of each."""
        ledgers = [Ledger(_priced(part.program, cost)) for part, cost in zip(self._split.parts, costs, strict=True)]
        for point in self._points:
            ledger = ledgers[point.part]
            ledger.offer(point.whole(ledger.program.n_columns))
        began = time.monotonic()
        self._run(ledgers, "highs", self._settings)
        self._seconds = time.monotonic() - began
        return [None if ledger.x is None else Minimum(ledger.x.astype(np.float64), Fraction(ledger.bounds[0]))
                for ledger in ledgers]


def _priced(program: Program, cost: Int64) -> Program:
    return replace(program, objectives=(Objective("priced", cost),))
