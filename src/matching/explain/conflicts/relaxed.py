"""The relaxation of labelled rows: which of them clash in it, or whether a whole solution was met by chance.

Rows that the columns break where each is nearest to nothing may be missed, at a price a unit. So there is a solution
to begin from, and the primal simplex method proves in a tenth of the time that something must be missed which the
dual method takes to find a ray. The dual prices then say which rows clash: they are a Farkas certificate, which is
checked in whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.certificate import certify
from matching.engines.exact import is_feasible
from matching.engines.highs_model import Floats, build, doubles, ended
from matching.engines.settings import Settings
from matching.engines.simplex import PRIMAL_SIMPLEX
from matching.engines.system import System, system_of
from matching.explain.conflicts.program import only
from matching.problem.program import Program, RowLabel

PRICED = 1e-6
"""The least price at which a row is thought to have a part in a clash, and the least that must be missed."""


class Told(NamedTuple):
    """What the relaxation tells of some rows: `clash` are those proven to clash, `holds` where all can hold.

    Where it tells neither, rows may clash for whole numbers alone.
    """

    clash: frozenset[RowLabel] = frozenset()
    holds: bool = False


NOTHING = Told()


class Relaxed:
    """A program's relaxation, kept while rows are left out and taken in again: each change costs a few steps."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._system = system_of(program)
        self._held = np.ones(program.n_rows, np.bool_)
        self._bounds = doubles(self._system.row_lower), doubles(self._system.row_upper)
        self._highs: Any = None

    def tell(self, labels: Collection[RowLabel], seconds: float) -> Told:
        """Tell what is known of the rows of those labels, the others left out, after no more than so many seconds."""
        wanted = frozenset(labels)
        held = np.fromiter((label in wanted for label in self._program.labels), np.bool_, self._program.n_rows)
        highs = self._begun()
        self._hold(held)
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.run()
        highs.setOptionValue("presolve", "off")
        if ended(highs) != "optimal":
            return NOTHING
        if highs.getInfo().objective_function_value > PRICED:
            return Told(self._clash(held, np.array(highs.getSolution().row_dual)))
        x = np.rint(np.array(highs.getSolution().col_value)[:self._program.n_columns]).astype(np.int64)
        return Told(holds=is_feasible(only(self._program, wanted), x))

    def _begun(self) -> Any:
        if self._highs is None:
            self._highs = build(*with_misses(self._system), Settings(0, 1, math.inf), math.inf)
            self._highs.setOptionValue("solver", "simplex")
            self._highs.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX.strategy)
        return self._highs

    def _hold(self, held: npt.NDArray[np.bool_]) -> None:
        turned = np.flatnonzero(held != self._held).astype(np.int32)
        lower, upper = (np.where(held[turned], bound[turned], end)
                        for bound, end in zip(self._bounds, (-np.inf, np.inf), strict=True))
        self._highs.changeRowsBounds(len(turned), turned, lower, upper)
        self._held = held

    def _clash(self, held: npt.NDArray[np.bool_], prices: Floats) -> frozenset[RowLabel]:
        """Return the labels of the rows that have a price, if these prove that no columns meet them."""
        prices[:len(held)][~held] = 0
        prices[np.abs(prices) < PRICED] = 0
        proof = certify(self._system, np.zeros(self._system.n_columns, np.int64), prices)
        priced = np.flatnonzero(proof.prices[:len(held)]).tolist()
        return frozenset(self._program.labels[row] for row in priced) if proof.bound > 0 else frozenset()


def with_misses(system: System) -> tuple[System, Floats]:
    """Return the system with further columns that make up for what is missed at the start, and what all columns cost.

    Of every row the largest of its coefficients costs one.
    """
    activity = system.matrix @ np.clip(0, system.lower, system.upper)
    missed = np.maximum(system.row_lower - activity, 0) - np.maximum(activity - system.row_upper, 0)
    rows = np.flatnonzero(missed)
    made_up = sparse.csr_array((np.sign(missed[rows]), (rows, np.arange(len(rows)))), shape=(system.n_rows, len(rows)))
    largest = abs(system.matrix[rows]).max(axis=1).toarray().reshape(-1) if len(rows) else np.zeros(0)
    more = replace(system, matrix=sparse.csr_array(sparse.hstack([system.matrix, made_up], format="csr")),
                   lower=np.r_[system.lower, np.zeros(len(rows), np.int64)],
                   upper=np.r_[system.upper, np.abs(missed[rows])])
    return more, np.r_[np.zeros(system.n_columns), 1 / np.maximum(1, largest)]
