"""An irreducible set of what cannot all hold.

QuickXplain: U. Junker, "QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems" (AAAI
2004). A conflict of k out of n parts costs some 2 k log2(n / k) + 2 k proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.problem.program import Objective, Program, RowLabel

T = TypeVar("T")
Clashes = Callable[[Collection[T]], bool]
"""Tells whether it is proven that some parts cannot all hold."""


def core(parts: Sequence[T], clashes: Clashes[T], background: Collection[T] = ()) -> tuple[T, ...]:
    """Return parts that cannot all hold beside `background`, while those of any proper subset can.

    Parameters
    ----------
    parts : these clash with `background`; of several conflicts, one of the first parts is named
    clashes : a proof that is not had in time counts as none; the parts returned then clash, if not irreducibly so
    """
    found = _core(tuple(background), False, tuple(parts), clashes)
    return tuple(part for part in parts if part in found)


def _core(background: tuple[T, ...], grown: bool, parts: tuple[T, ...], clashes: Clashes[T]) -> tuple[T, ...]:
    if grown and clashes(background):
        return ()
    if len(parts) <= 1:
        return parts
    half = (len(parts) + 1) // 2
    first, second = parts[:half], parts[half:]
    of_second = _core(background + first, True, second, clashes)
    of_first = _core(background + of_second, bool(of_second), first, clashes)
    return of_first + of_second


def unmet(program: Program) -> npt.NDArray[np.bool_]:
    """Tell for each row whether the columns' bounds alone keep it from being met."""
    up, down = program.matrix.maximum(0), (-program.matrix).maximum(0)
    most = up @ program.upper - down @ program.lower
    least = up @ program.lower - down @ program.upper
    return np.asarray((most < program.row_lower) | (least > program.row_upper))


def only(program: Program, kept: Collection[RowLabel]) -> Program:
    """Return `program` with only the rows of those labels, and nothing to optimise."""
    wanted = frozenset(kept)
    mask = np.fromiter((label in wanted for label in program.labels), np.bool_, program.n_rows)
    nothing = Objective("feasible", np.zeros(program.n_columns, np.int64))
    return replace(program, matrix=sparse.csr_array(program.matrix[np.flatnonzero(mask)]), objectives=(nothing,),
                   row_lower=program.row_lower[mask], row_upper=program.row_upper[mask],
                   labels=tuple(label for label in program.labels if label in wanted))
