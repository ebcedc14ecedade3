"""The problem as arrays: an integer linear program whose rows bear the ids of rules."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

INFINITE = np.int64(2**62)
"""The bound of a row or column without a bound; its negative below."""

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]


class RowLabel(NamedTuple):
    """Which rule a row states, and for which group."""

    rule: str
    group: str


@dataclass(frozen=True)
class Objective:
    """One goal, minimised: ``cost @ x + constant``, times `sense`, is the goal's value.

    `sense` is -1 for goals that are maximised (their cost is negated), else 1. The slack is what may be given up of
    the optimum while later goals are optimised.
    """

    name: str
    cost: Int64
    sense: int = 1
    constant: int = 0
    slack_amount: Fraction = Fraction(0)
    slack_percent: bool = False

    def value(self, x: npt.ArrayLike) -> int:
        """Return the goal's value of a whole x, counted in 64 bits."""
        return self.sense * (int(self.cost @ np.asarray(x, np.int64)) + self.constant)


@dataclass(frozen=True)
class Program:
    """``row_lower <= matrix @ x <= row_upper``, ``lower <= x <= upper``, x whole.

    Columns 0 to `n_arcs` - 1 are the arcs, the rest are counts, indicators and shortfalls. All numbers are whole.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array of int64, shape (n_rows, n_columns)
    row_lower, row_upper : int64 arrays, shape (n_rows,); `INFINITE` where unbounded
    lower, upper : int64 arrays, shape (n_columns,)
    labels : one RowLabel a row
    objectives : goals in order
    """

    n_arcs: int
    matrix: sparse.csr_array
    row_lower: Int64
    row_upper: Int64
    lower: Int64
    upper: Int64
    labels: tuple[RowLabel, ...]
    objectives: tuple[Objective, ...]

    @property
    def n_columns(self) -> int:
        """How many variables there are."""
        return len(self.lower)

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.row_lower)
