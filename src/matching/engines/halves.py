"""Sums of rows whose every coefficient is even and whose bound is odd: half of such a sum rounds to a cut.

Where a relaxation sends halves of teachers, the rows that hold them tight, added up, often come to twice something.
The sums are found by elimination modulo 2 (A. Koster, A. Zymolka, M. Kutschka, "Algorithms to separate {0, 1/2}-
Chvátal-Gomory cuts", Algorithmica 2009): column by column, the one furthest from its bounds first, the row of least
slack that has it odd is added to all others that do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engines.rounding import Combinations, Floats, Mask, nearest_of, sides_of
from matching.engines.system import System
from matching.problem.program import Int64

MOST_ROWS, MOST_ROW_ENTRIES = 4000, 3000
WHOLE = 1e-6
LEAST = 0.02
LOOK_EVERY = 16
WORD = 64

Words = npt.NDArray[np.uint64]


class _Parity:
    """The rows modulo 2, as bits: their columns, their bound, and which rows they are sums of; and their slacks."""

    def __init__(self, odd: Mask, bound: Mask, slack: Floats, distance: Floats) -> None:
        self._n_columns, self._n_rows = odd.shape[1], odd.shape[0]
        self._bits = _packed(np.column_stack([odd, bound, np.eye(self._n_rows, dtype=np.bool_)]))
        self._slack = slack
        self._distance = distance
        self._open = np.ones(self._n_rows, np.bool_)
        self.sums: dict[bytes, Int64] = {}

    def eliminate(self) -> None:
        """Clear one column after another, and note the sums that are cuts on the way."""
        self._look()
        for column in range(self._n_columns):
            having = np.flatnonzero(self._bit(column) & self._open)
            if len(having):
                self._clear(having)
            if self._distance[column] < 1 and column % LOOK_EVERY == 0:
                self._look()
        self._look()

    def _clear(self, having: Int64) -> None:
        first = having[np.argmin(self._slack[having])]
        others = having[having != first]
        self._bits[others] ^= self._bits[first]
        self._slack[others] += self._slack[first]
        self._open[first] = False
        self._open[others[self._slack[others] >= 1 - LEAST]] = False

    def _look(self) -> None:
        """Note the sums whose bound is odd and that little is missing to make even."""
        odd = np.flatnonzero(self._bit(self._n_columns) & self._open)
        bits = np.unpackbits(self._bits[odd].view(np.uint8), axis=1)
        missing = self._slack[odd] + bits[:, :self._n_columns] @ self._distance
        members = bits[:, self._n_columns + 1:self._n_columns + 1 + self._n_rows]
        for place in np.flatnonzero(missing < 1 - LEAST):
            self.sums.setdefault(members[place].tobytes(), np.flatnonzero(members[place]))

    def _bit(self, column: int) -> Mask:
        byte = self._bits.view(np.uint8)[:, column // 8]
        return ((byte >> np.uint8(7 - column % 8)) & 1).astype(np.bool_)


def odd_sums(system: System, x: Floats) -> Combinations:
    """Return sums of rows, to be divided by 2, that round to cuts which `x` violates."""
    sides, nearest = sides_of(system, x), nearest_of(system, x)
    broken = (np.abs(x - np.rint(x)) > WHOLE).astype(np.float64)
    tight = (sides.slack < 1 - LEAST) & (abs(system.matrix) @ broken > 0)
    rows = np.flatnonzero(tight & (np.diff(system.matrix.indptr) <= MOST_ROW_ENTRIES))
    rows = rows[np.argsort(sides.slack[rows], kind="stable")][:MOST_ROWS]
    if not len(rows):
        return Combinations(*(np.zeros(0, np.int64) for _ in range(4)))
    part = system.matrix[rows]
    bound = (sides.bound[rows] - part @ nearest.bound) % 2 == 1
    odd = part.copy()
    odd.data = odd.data % 2
    odd.eliminate_zeros()
    away = np.flatnonzero((nearest.distance > WHOLE) & (np.bincount(odd.indices, minlength=system.n_columns) > 0))
    away = away[np.argsort(-nearest.distance[away], kind="stable")]
    parity = _Parity(odd[:, away].toarray().astype(np.bool_), bound, sides.slack[rows], nearest.distance[away])
    parity.eliminate()
    return _combined(rows, list(parity.sums.values()))


def _combined(rows: Int64, sums: list[Int64]) -> Combinations:
    members = np.concatenate([*sums, np.zeros(0, np.int64)])
    number = np.repeat(np.arange(len(sums)), [len(s) for s in sums])
    return Combinations(number, rows[members], np.ones(len(members), np.int64), np.full(len(sums), 2))


def _packed(bits: Mask) -> Words:
    packed = np.packbits(bits, axis=1)
    words = np.zeros((len(bits), -(-bits.shape[1] // WORD) * (WORD // 8)), np.uint8)
    words[:, :packed.shape[1]] = packed
    return words.view(np.uint64)
