"""Whether rows can all hold, and where they cannot, some of them that already clash."""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress

from matching import engines
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


class Shrinking:
    """Proofs on fewer and fewer of a program's rows: once some clash, no others are asked about any more."""

    def __init__(self, program: Program, patience: Patience) -> None:
        self._program, self._patience = program, patience
        self._relaxed: Relaxed | None = None

    def __call__(self, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        """Return labels among `labels` whose rows clash; None where all can hold, or where that is not known."""
        if self._patience.over:
            return None
        found = self._clash(labels)
        if found is not None and len(found) < FEW_ROWS * self._program.n_rows:
            self._program, self._relaxed = gathered(only(self._program, found))[0], None
        return found

    def _clash(self, labels: Collection[RowLabel]) -> frozenset[RowLabel] | None:
        rows = only(self._program, labels)
        some = set(compress(rows.labels, unmet(rows).tolist()))
        if some:
            return frozenset([next(label for label in labels if label in some)])
        told = self._told(labels)
        if told.clash or told.holds:
            return told.clash or None
        return frozenset(labels) if self._infeasible(gathered(rows)[0]) else None

    def _told(self, labels: Collection[RowLabel]) -> Told:
        if self._program.matrix.nnz > MOST_ENTRIES or not self._program.n_columns:
            return NOTHING
        if self._relaxed is None:
            self._relaxed = Relaxed(self._program)
        return self._relaxed.tell(labels, self._patience.left(PATIENCE))

    def _infeasible(self, program: Program) -> bool:
        solution = engines.solve(program, in_process=True, time_limit=self._patience.left(PATIENCE), workers=1)
        return self._patience.noted(solution).status == "infeasible"


def clash(program: Program, labels: Collection[RowLabel], patience: Patience) -> frozenset[RowLabel] | None:
    """Return labels among `labels` whose rows clash; None where all can hold, or where that is not known."""
    return Shrinking(gathered(only(program, labels))[0], patience)(labels)
