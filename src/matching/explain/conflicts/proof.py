"""Whether rows can all hold, and where they cannot, some of them that already clash."""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress

import numpy as np

from matching import engines
from matching.explain.conflicts.nearby import Nearby
from matching.explain.conflicts.program import gathered, only, unmet
from matching.explain.conflicts.relaxed import NOTHING, Relaxed, Told
from matching.explain.patience import Patience
from matching.problem.program import Program, RowLabel

MOST_ENTRIES = 3_000_000
"""Of a relaxation that is solved here."""
PATIENCE = 30.0
"""Seconds for one proof."""
FEW_ROWS = 0.7
"""Of the rows of a program: once so few are left, the others are taken out of it."""
FEW_COLUMNS = 0.8
"""Of the columns of a program: where gathering leaves so few, they are worth gathering."""


class Shrinking:
    """Proofs on fewer and fewer of a program's rows: once some clash, no others are asked about any more."""

    def __init__(self, program: Program, patience: Patience) -> None:
        self._program, self._patience = program, patience
        self._relaxed: Relaxed | None = None
        self._nearby = Nearby(program, patience)

    def __call__(self, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        """Return labels among `labels` whose rows clash; None where all can hold, or where that is not known."""
        if self._patience.over:
            return None
        found = self._clash(labels)
        if found is not None and len(found) < FEW_ROWS * self._program.n_rows:
            self._program, self._relaxed = gathered(only(self._program, found))[0], None
            self._nearby = Nearby(self._program, self._patience)
        return found

    def _clash(self, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        rows = only(self._program, labels)
        some = set(compress(rows.labels, unmet(rows).tolist()))
        if some:
            return frozenset([next(label for label in labels if label in some)])
        told = self._told(labels)
        if told.clash or told.holds:
            return told.clash or None
        return frozenset(labels) if self._infeasible(rows, labels) else None

    def _told(self, labels: Collection[RowLabel]) -> Told:
        if self._program.matrix.nnz > MOST_ENTRIES or not self._program.n_columns:
            return NOTHING
        if self._relaxed is None:
            self._relaxed = Relaxed(self._program)
        return self._relaxed.tell(labels, self._patience.left(PATIENCE))

    def _infeasible(self, rows: Program, labels: Collection[RowLabel]) -> bool:
        """Tell whether the rows of `labels` are proven to clash: a solution near a known one tells no, else solving."""
        wanted = frozenset(labels)
        without = np.fromiter((label not in wanted for label in self._program.labels), np.bool_, self._program.n_rows)
        if self._nearby.finds(rows, without):
            return False
        fewer = gathered(rows)[0]
        alike = fewer.n_columns < FEW_COLUMNS * rows.n_columns
        solution = self._patience.noted(engines.solve(fewer if alike else rows, in_process=True, workers=1,
                                                      time_limit=self._patience.left(PATIENCE)))
        if solution.x is not None and not alike:
            self._nearby.take(solution.x)
        return solution.status == "infeasible"


def clash(program: Program, labels: Collection[RowLabel], patience: Patience) -> frozenset[RowLabel] | None:
    """Return labels among `labels` whose rows clash; None where all can hold, or where that is not known."""
    return Shrinking(gathered(only(program, labels))[0], patience)(labels)
