"""What is left of a system where most columns cannot move, as a problem of its own: few columns and few rows.

Its columns are gathered and its relaxation has cuts, like that of a whole program.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

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
        """Return how many columns plans that cost `most` or less may move, as far as `least` has told."""
        return 0 if self._few is None else self._below(most).n_free

    def bounds(self, most: int) -> tuple[Int64, Int64] | None:
        """Return the bounds of all columns in which plans that cost `most` or less are, as far as `least` has told."""
        found = self._few
        if found is None:
            return None
        left, n = self._below(most), len(found.free)
        return found.whole(left.lower[:n]), found.whole(left.upper[:n])

    def search(self, most: int, settings: Settings, offer: Callable[[Int64], bool], start: Int64 | None) -> Outcome:
        """Look for the best plan of those that cost `most` or less, of fewer columns once `least` has told a bound."""
        found = self._few
        if found is None:
            return "infeasible"
        if not len(found.free):
            offer(found.x)
            return "optimal"
        given = None if start is None else self._extension.extend(start[found.free])
        left = self._tightened(most, settings.deadline)
        if left is None:
            return "infeasible"
        return best_among(left, self._cost, self._unit, settings,
                          lambda values: offer(found.whole(values[:len(found.free)])), given)

    def _tightened(self, most: int, deadline: float) -> System | None:
        """Return what is left for plans that cost `most` or less, by cuts on them too; None where there is none."""
        left = propagated(self._below(most))
        if left is None or self._certificate is None or left.n_free <= WORTH_CUTS:
            return left
        cutoff = most - self._settled
        relaxed = self._relaxation.solve_below(self._cost, [], cutoff, left, deadline)
        if relaxed.certificate is None:
            return left
        if relaxed.certificate.bound > cutoff:
            return None
        cut = beyond(self._relaxation.within([cutoff]).bounded(left.lower, left.upper), relaxed.certificate, cutoff)
        return cut if cut.n_free <= WORTH_SEARCHING * left.n_free else left

    def _below(self, most: int) -> System:
        """Return what is left for plans that cost `most` or less."""
        system = self._relaxation.within([])
        return system if self._certificate is None else beyond(system, self._certificate, most - self._settled)
