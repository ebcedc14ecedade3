"""A lower bound from dual prices, exact whatever the prices are.

For any y, ``cost @ x = y @ (A x) + (cost - A'y) @ x``, and each product is bounded by the bounds of its row or column
(Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming, 2004). The prices of a linear
solver, rounded to binary fractions, give the bound in whole-number arithmetic: a solver's tolerance can weaken it
but not falsify it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.exact import EXACT_IN_INT64
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

MOST_BITS = 24


class Certificate(NamedTuple):
    """No whole x of the system costs less than `bound`; moving column j one unit from where its reduced cost wants it
    costs ``|reduced[j]| / scale`` more, and moving row i one unit from the side it leans on ``|prices[i]| / scale``."""

    bound: Fraction
    reduced: Int64
    prices: Int64
    scale: int

    def over(self, system: System) -> Certificate:
        """Return the certificate for `system`, which may have gained cuts since; they have no price in it."""
        goals = len(self.prices) - system.n_goals
        gained = np.zeros(system.n_rows - len(self.prices), np.int64)
        return self._replace(prices=np.concatenate([self.prices[:goals], gained, self.prices[goals:]]))

    def without_last_cuts(self, system: System) -> Certificate:
        """Return the certificate for `system`, which lacks the cuts found last: what they prove of columns holds."""
        goals = system.n_rows - system.n_goals
        return self._replace(prices=np.concatenate([self.prices[:goals],
                                                    self.prices[len(self.prices) - system.n_goals:]]))


def certify(system: System, cost: Int64, prices: npt.NDArray[np.float64]) -> Certificate:
    """Return the bound that `prices`, one a row, prove for ``cost @ x`` over `system`."""
    prices = _usable(system, prices)
    scale = 2 ** _bits(system, cost, prices)
    whole = np.rint(prices * scale).astype(np.int64)
    reduced = cost * scale - system.matrix.T @ whole
    sides = np.where(whole > 0, system.row_lower, np.where(whole < 0, system.row_upper, 0))
    ends = np.where(reduced > 0, system.lower, system.upper)
    total = sum((whole * sides).tolist()) + sum((reduced * ends).tolist())
    return Certificate(Fraction(total, scale), reduced, whole, scale)


def _usable(system: System, prices: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Drop the prices that lean on a side where the row has no bound."""
    leaning = ((prices > 0) & (system.row_lower <= -INFINITE)) | ((prices < 0) & (system.row_upper >= INFINITE))
    return np.where(leaning | ~np.isfinite(prices), 0.0, prices)


def _bits(system: System, cost: Int64, prices: npt.NDArray[np.float64]) -> int:
    """Return how many binary digits of the prices whole-number arithmetic can hold."""
    price = np.abs(prices)
    reduced = np.abs(cost) + abs(system.matrix).T @ price
    sides = np.where(prices > 0, system.row_lower, np.where(prices < 0, system.row_upper, 0))
    reach = np.maximum(np.abs(system.lower), np.abs(system.upper))
    largest = max(float(reduced.max(initial=1.0)), float((price * np.abs(sides)).max(initial=1.0)),
                  float((reduced * reach).max(initial=1.0)))
    room = int(np.log2(EXACT_IN_INT64 / 4 / largest)) if largest < EXACT_IN_INT64 / 4 else 0
    return max(0, min(MOST_BITS, room))
