"""A system without the columns that cannot move."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.system import System
from matching.problem.program import INFINITE, Int64


class Few(NamedTuple):
    """What is left of a system where most columns cannot move: `free` are those that can, `x` has all others."""

    system: System
    free: Int64
    x: Int64

    def whole(self, values: Int64) -> Int64:
        """Return all columns where those that are free have these values."""
        x = self.x.copy()
        x[self.free] = values
        return x


def bare(system: System) -> Few | None:
    """Return a system without the columns that cannot move and the rows that then hold; None where one never does."""
    if np.any(system.lower > system.upper):
        return None
    free = np.flatnonzero(system.lower < system.upper)
    fixed = system.lower.copy()
    fixed[free] = 0
    settled, part = system.matrix @ fixed, system.matrix[:, free]
    lower, upper = _less(system.row_lower, settled), _less(system.row_upper, settled)
    up, down = part.maximum(0), (-part).maximum(0)
    least = up @ system.lower[free] - down @ system.upper[free]
    most = up @ system.upper[free] - down @ system.lower[free]
    if np.any(most < lower) or np.any(least > upper):
        return None
    rows = np.flatnonzero((least < lower) | (most > upper))
    small = replace(system, matrix=sparse.csr_array(part[rows]), row_lower=lower[rows], row_upper=upper[rows],
                    lower=system.lower[free], upper=system.upper[free], families=system.families[rows], n_goals=0)
    return Few(small, free, fixed)


def _less(bounds: Int64, settled: Int64) -> Int64:
    return np.where(np.abs(bounds) >= INFINITE, bounds, bounds - settled)
