"""A system with the cuts found so far, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.rounding import Combinations
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

Mask = npt.NDArray[np.bool_]
Limits = tuple[int, ...]


class CutPool:
    """Cuts hold for every whole x of the system, those made of a goal's row only where the goal is held as tightly."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._first = system.goal_row(0)
        self._limits: list[Limits] = []

    def add(self, matrix: sparse.csr_array, lower: Int64, conditional: Mask, limits: Sequence[int]) -> None:
        """Take the cuts ``matrix @ x >= lower``; those that are `conditional` were made with the goals at `limits`."""
        self.system = self.system.cut(matrix, lower)
        self._limits.extend(tuple(limits) if only_there else () for only_there in conditional)

    def holding(self, limits: Sequence[int]) -> Mask:
        """Tell of each cut whether it holds with goal k at most ``limits[k]``."""
        def holds(given: Limits) -> bool:
            return len(given) <= len(limits) and all(now <= then for now, then in zip(limits, given, strict=False))

        return np.array([holds(given) for given in self._limits], np.bool_)

    def within(self, limits: Sequence[int]) -> System:
        """Return the system with goal k at most ``limits[k]`` and the cuts that then hold."""
        held, gone = self.system.held(limits), np.flatnonzero(~self.holding(limits))
        if not len(gone):
            return held
        row_lower = held.row_lower.copy()
        row_lower[self._first + gone] = -INFINITE
        return replace(held, row_lower=row_lower)

    def resting_on_limits(self, sums: Combinations) -> Mask:
        """Tell of each sum of the system's rows whether it contains a goal's row, or a cut made of one."""
        resting = np.zeros(self.system.n_rows, np.bool_)
        resting[self.system.goal_row(0):] = True
        resting[self._first:self._first + len(self._limits)] = [bool(given) for given in self._limits]
        return np.bincount(sums.number, resting[sums.row], len(sums.divisor)) > 0
