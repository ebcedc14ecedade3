"""Whether rows can all hold, and where they cannot, some of them that already clash."""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np

from matching import engines
from matching.engines.exact import is_feasible
from matching.engines.highs_model import build, doubles, ended
from matching.engines.settings import Settings
from matching.engines.system import system_of
from matching.explain.conflicts.program import gathered, only, unmet
from matching.problem.program import Int64, Program, RowLabel

PATIENCE = 30.0
"""Seconds for one proof."""
PRICED = 1e-7
"""The least price at which a row has its part in the ray that proves a relaxation empty."""
FEW_COLUMNS = 2_000
"""Of a program that is solved as it is, and before its relaxation."""
MOST_ENTRIES = 3_000_000
"""Of a relaxation that is solved here for its ray."""


@dataclass
class Prover:
    """Proves that labelled rows of a program cannot all hold, until a deadline.

    Attributes
    ----------
    deadline : by `time.monotonic`
    unsure : how many proofs were not had in time
    """

    deadline: float = math.inf
    unsure: int = field(default=0, init=False)

    def clash(self, program: Program, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        """Return labels among `labels` whose rows clash; None where all can hold, or where that is not known."""
        rows = only(program, labels)
        some = set(compress(rows.labels, unmet(rows).tolist()))
        if some:
            return frozenset([next(label for label in labels if label in some)])
        rows = gathered(rows)[0] if rows.n_columns > FEW_COLUMNS else rows
        if rows.n_columns <= FEW_COLUMNS and not self._infeasible(rows):
            return None
        priced = ray(rows, self._left)
        if priced is not None:
            some = {rows.labels[row] for row in priced.tolist()}
            if len(some) == len(labels) or self._infeasible(only(rows, some)):
                return frozenset(some)
        return frozenset(labels) if rows.n_columns <= FEW_COLUMNS or self._infeasible(rows) else None

    def _infeasible(self, program: Program) -> bool:
        status = engines.solve(program, in_process=True, time_limit=self._left, workers=1).status
        self.unsure += status == "unknown"
        return status == "infeasible"

    @property
    def _left(self) -> float:
        return max(0.0, min(PATIENCE, self.deadline - time.monotonic()))

    @property
    def late(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() > self.deadline


class Shrinking:
    """Proofs on fewer and fewer of a program's rows: once some clash, no others are asked about any more."""

    def __init__(self, program: Program, prover: Prover) -> None:
        self._program, self._prover = program, prover
        self._relaxed: Relaxed | None = None

    def __call__(self, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        """Return labels among `labels` whose rows clash, or None, as `Prover.clash` does."""
        if self._prover.late or self._holds(labels):
            return None
        found = self._prover.clash(self._program, labels)
        if found is not None:
            self._program, self._relaxed = gathered(only(self._program, found))[0], None
        return found

    def _holds(self, labels: Collection[RowLabel]) -> bool:
        """Tell whether a vertex of the relaxation happens to be a whole solution."""
        if self._program.n_columns > FEW_COLUMNS:
            return False
        if self._relaxed is None:
            self._relaxed = Relaxed(self._program)
        return self._relaxed.holds(labels)


class Relaxed:
    """A program's relaxation, kept while rows are freed and held again, so that each change costs a few steps."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._highs: Any = build(system_of(program), np.zeros(program.n_columns), Settings(0, 1, math.inf), math.inf)
        self._highs.setOptionValue("presolve", "off")
        self._held = np.ones(program.n_rows, np.bool_)
        self._bounds = doubles(program.row_lower), doubles(program.row_upper)

    def holds(self, labels: Collection[RowLabel]) -> bool:
        """Tell whether a whole solution of the rows of those labels was met; where not, there may still be one."""
        wanted = frozenset(labels)
        held = np.fromiter((label in wanted for label in self._program.labels), np.bool_, self._program.n_rows)
        turned = np.flatnonzero(held != self._held).astype(np.int32)
        lower, upper = (np.where(held, bound, end)[turned]
                        for bound, end in zip(self._bounds, (-np.inf, np.inf), strict=True))
        self._highs.changeRowsBounds(len(turned), turned, lower, upper)
        self._held = held
        self._highs.run()
        if ended(self._highs) != "optimal":
            return False
        x = np.rint(np.array(self._highs.getSolution().col_value)).astype(np.int64)
        return is_feasible(only(self._program, wanted), x)


def ray(program: Program, seconds: float) -> Int64 | None:
    """Return the rows whose sum, at the prices of a Farkas ray, no columns can meet; None without such a ray.

    The ray is told in doubles: whether its rows clash remains to be proven.
    """
    if program.matrix.nnz > MOST_ENTRIES or not program.n_columns or not program.n_rows:
        return None
    highs: Any = build(system_of(program), np.zeros(program.n_columns), Settings(0, 1, math.inf), math.inf)
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    _, found, prices = highs.getDualRay()
    if not found:
        return None
    return np.flatnonzero(np.abs(np.asarray(prices)[:program.n_rows]) > PRICED).astype(np.int64)
