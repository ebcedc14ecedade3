"""A system with the cuts found so far, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.change import looser_rows, tighter_columns
from matching.engines.rounding import Combinations
from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

Mask = npt.NDArray[np.bool_]


class _Origin(NamedTuple):
    """What a cut was worked out under: which of the systems in turn, if it needs them the goals' limits, and which of
    the system's own rows it is made of; None where that is not known."""

    turn: int
    limits: tuple[int, ...]
    rows: Int64 | None


class CutPool:
    """Cuts hold for every whole x of the system, those made of a goal's row only where the goal is held as tightly.

    The bounds of the system may change; cuts stay, and hold wherever the columns' bounds, and those of the rows that
    they are made of, are no looser than those they came from.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self._first = system.goal_row(0)
        self._turns = [system]
        self._valid: list[bool] = []
        self._origins: list[_Origin] = []

    def add(self, matrix: sparse.csr_array, lower: Int64, conditional: Mask, limits: Sequence[int],
            made_of: Sequence[Int64] | None = None) -> None:
        """Take the cuts ``matrix @ x >= lower``; those that are `conditional` were made with the goals at `limits`.

        Parameters
        ----------
        made_of : rows of `system`, cuts and goals among them, that each was made of; without, any of them
        """
        rows = [None] * len(lower) if made_of is None else [self._own(of) for of in made_of]
        self.system = self.system.cut(matrix, lower)
        turn = len(self._turns) - 1
        self._origins.extend(_Origin(turn, tuple(limits) if only_there else (), of)
                             for only_there, of in zip(conditional, rows, strict=True))
        self._valid.extend([True] * len(lower))

    def _own(self, rows: Int64) -> Int64 | None:
        """Return the system's own rows that these, of the system with its cuts, are made of; None where not known.

        A goal's row is none of them: which limit of it a cut needs is kept by itself.
        """
        cuts = rows[(rows >= self._first) & (rows < self.system.goal_row(0))] - self._first
        parts = [self._origins[cut].rows for cut in cuts]
        known = [part for part in parts if part is not None]
        return np.unique(np.concatenate([rows[rows < self._first], *known])) if len(known) == len(parts) else None

    @property
    def cuts(self) -> tuple[sparse.csr_array, Int64, Mask]:
        """The cuts ``matrix @ x >= lower``, and which of them hold only within limits."""
        rows = slice(self._first, self._first + len(self._origins))
        conditional = np.array([bool(origin.limits) for origin in self._origins], np.bool_)
        return self.system.matrix[rows], self.system.row_lower[rows], conditional

    def copy(self) -> CutPool:
        """Return a pool of the same cuts that goes its own way from here."""
        other = CutPool(self._turns[0])
        other.system, other._first = self.system, self._first
        other._turns, other._valid, other._origins = [*self._turns], [*self._valid], [*self._origins]
        return other

    def turn_to(self, system: System) -> None:
        """Go on with a system of the same rows and columns within other bounds."""
        here, goals = self._first, system.n_goals
        cuts = slice(here, len(self.system.row_lower) - goals)
        self.system = replace(
            self.system, lower=system.lower, upper=system.upper,
            row_lower=np.concatenate([system.row_lower[:here], self.system.row_lower[cuts], system.row_lower[here:]]),
            row_upper=np.concatenate([system.row_upper[:here], self.system.row_upper[cuts], system.row_upper[here:]]))
        self._turns.append(system)
        tighter = [tighter_columns(before, system) for before in self._turns]
        looser = [looser_rows(before, system) for before in self._turns]
        self._valid = [tighter[of.turn] and not looser[of.turn][slice(None) if of.rows is None else of.rows].any()
                       for of in self._origins]

    def holding(self, limits: Sequence[int]) -> Mask:
        """Tell of each cut whether it holds with goal k at most ``limits[k]``."""
        def as_tight(given: Sequence[int]) -> bool:
            return len(given) <= len(limits) and all(now <= then for now, then in zip(limits, given, strict=False))

        return np.array([valid and as_tight(origin.limits)
                         for valid, origin in zip(self._valid, self._origins, strict=True)], np.bool_)

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
        resting[self._first:self._first + len(self._origins)] = [bool(origin.limits) for origin in self._origins]
        return np.bincount(sums.number, resting[sums.row], len(sums.divisor)) > 0
