"""What is left of a system where most columns cannot move, as a problem of its own: few columns and few rows.

Its columns are gathered and its relaxation has cuts, like that of a whole program.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.among import best_among, few
from matching.engines.certificate import Certificate
from matching.engines.exact import step
from matching.engines.highs_model import Outcome
from matching.engines.lifting import lift
from matching.engines.narrowing import beyond
from matching.engines.propagation import propagated
from matching.engines.relaxation import Relaxation
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX
from matching.engines.system import System
from matching.problem.program import Int64

WORTH_CUTS = 2_000
"""So many columns are worth a look for cuts on plans that cost no more than is searched for."""
WORTH_SEARCHING = 0.75
"""A search keeps the cuts that leave no more than this share of its columns; the rows of others only slow it."""


class _Left(NamedTuple):
    """What is left for plans that cost no more than a figure: `system` is to be searched, all lie within the bounds."""

    system: System
    lower: Int64
    upper: Int64


class Remaining:
    """One cost over what is left of a system.

    Parameters
    ----------
    n_arcs : how many of the system's first columns are arcs
    """

    def __init__(self, system: System, n_arcs: int, cost: Int64, settings: Settings) -> None:
        self._few = few(system)
        self._unit, self._settings = step(cost), settings
        self._certificate: Certificate | None = None
        self._most: int | None = None
        self._last: _Left | None = None
        if self._few is None:
            return
        free = self._few.free
        self._settled = int(cost @ self._few.x)
        self._extension = lift(self._few.system, int(np.count_nonzero(free < n_arcs)))
        part = self._extension.system
        self._cost = np.concatenate([cost[free], np.zeros(part.n_columns - len(free), np.int64)])
        self._relaxation = Relaxation(part, np.ones(part.n_columns, np.bool_), settings)

    def least(self, deadline: float) -> Fraction | None:
        """Return a proven bound of the cost; None where there is none."""
        if self._few is None:
            return None
        if not len(self._few.free):
            return Fraction(self._settled)
        self._certificate = self._relaxation.bound(self._cost, [], deadline, DUAL_SIMPLEX, cuts=True)
        return None if self._certificate is None else self._certificate.bound + self._settled

    def n_left(self, most: int) -> int:
        """Return how many columns plans that cost `most` or less may move, as far as is known."""
        left = self._left(most)
        return 0 if left is None else int(np.count_nonzero(left.lower < left.upper))

    def bounds(self, most: int) -> tuple[Int64, Int64] | None:
        """Return the bounds of all columns in which plans that cost `most` or less are; None where there is none."""
        left, found = self._left(most), self._few
        if left is None or found is None:
            return None
        n = len(found.free)
        return found.whole(left.lower[:n]), found.whole(left.upper[:n])

    def search(self, most: int, settings: Settings, offer: Callable[[Int64], bool], start: Int64 | None) -> Outcome:
        """Look for the best plan of those that cost `most` or less, of fewer columns once `least` has told a bound."""
        left, found = self._left(most), self._few
        if left is None or found is None:
            return "infeasible"
        if not len(found.free):
            offer(found.x)
            return "optimal"
        given = None if start is None else self._extension.extend(start[found.free])
        return best_among(left.system, self._cost, self._unit, settings,
                          lambda values: offer(found.whole(values[:len(found.free)])), given)

    def _left(self, most: int) -> _Left | None:
        """Return what is left for plans that cost `most` or less; None where there is no such plan."""
        if self._few is not None and self._most != most:
            self._most, self._last = most, self._cut_down(most - self._settled)
        return self._last

    def _cut_down(self, cutoff: int) -> _Left | None:
        """Return what is left for plans that cost `cutoff` or less, by cuts on them too where that is much."""
        system, proven = self._relaxation.within([]), self._certificate
        left = propagated(system if proven is None else beyond(system, proven, cutoff))
        if left is None:
            return None
        if proven is None or left.n_free <= WORTH_CUTS:
            return _Left(left, left.lower, left.upper)
        certificate = self._relaxation.solve_below(self._cost, [], cutoff, left, self._settings.deadline).certificate
        if certificate is None:
            return _Left(left, left.lower, left.upper)
        cut = self._relaxation.within([cutoff]).bounded(left.lower, left.upper)
        less = None if certificate.bound > cutoff else propagated(beyond(cut, certificate, cutoff))
        if less is None:
            return None
        return _Left(less if less.n_free <= WORTH_SEARCHING * left.n_free else left, less.lower, less.upper)
