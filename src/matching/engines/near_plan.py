"""The relaxation of a program, begun at a plan: what is near is found and proven in a fraction of the first solve.

In the plan each kept pair is basic in a row that it alone fills, and every other row is slack. Where each pair that is
given up costs, these are prices already: the dual simplex has only to mend what the changes broke. At first a move
costs what half a unit of the goals before does, so that few others move; then those goals outweigh all moves.

At hand are the plan and the columns for which it has room in all rows but one: who has no post or what is free. The
others, which take two teachers to move, are priced in, and few are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matching.engines.at_hand import Mask
from matching.engines.blending import blend
from matching.engines.certificate import Certificate
from matching.engines.relaxation import Relaxation
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX, PRIMAL_SIMPLEX
from matching.engines.system import System, system_of
from matching.problem.program import Int64, Program


class NearPlan:
    """A program's relaxation, from the basis that a plan is.

    Parameters
    ----------
    kept : columns of the plan, all at one
    """

    def __init__(self, program: Program, kept: Int64, settings: Settings) -> None:
        system = system_of(program)
        self._n_rows = system.n_rows
        core = _core(system, kept, program.n_arcs)
        self.relaxation = Relaxation(system, core, settings, _basis(system, kept, np.flatnonzero(core)))
        self._method = DUAL_SIMPLEX

    def least(self, cost: Int64, limits: Sequence[int], deadline: float, *, cuts: bool = False) -> Certificate | None:
        """Return what is proven of a cost where the first goals are at most `limits`; None where nothing is.

        Parameters
        ----------
        cuts : look for cuts too
        """
        method, self._method = self._method, PRIMAL_SIMPLEX
        before = self.relaxation.basis if method is PRIMAL_SIMPLEX else None
        certificate = self.relaxation.bound(cost, limits, deadline, method, cuts=cuts)
        if certificate is None and before is not None:
            self.relaxation.begin_from(before)
        return certificate

    def below(self, cost: Int64, limits: Sequence[int], most: int, among: System, deadline: float
              ) -> tuple[System, Certificate] | None:
        """Return what is left for plans that cost `most` or less, with the cuts found for them, and what is proven of
        their cost; None where nothing is. The basis stays as it was.

        Parameters
        ----------
        among : the system with its columns bounded as such plans allow
        """
        before, relaxation = self.relaxation.basis, self.relaxation
        relaxation.allow_cuts(self._n_rows)
        certificate = relaxation.solve_below(cost, limits, most, among, deadline).certificate
        relaxation.begin_from(before)
        if certificate is None:
            return None
        return relaxation.cut_below(limits, most).bounded(among.lower, among.upper), certificate

    def lead(self, goals: Sequence[Int64], moves: Int64, limits: Sequence[int], deadline: float) -> None:
        """Solve for the goals and the moves in one cost, the moves last."""
        head = blend(goals) if goals else np.zeros(len(moves), np.int64)
        half = int(np.abs(head).max(initial=0)) // 2
        if half:
            self.least(head + half * moves, limits, deadline)
        self.least(blend([*goals, moves]), limits, deadline)


def _core(system: System, kept: Int64, n_arcs: int) -> Mask:
    """Return the kept columns, those that are no arcs, and those that stand in one row at the most that is filled."""
    rows = system.matrix[:system.goal_row(0)]
    filled = rows[:, kept] @ np.ones(len(kept), np.int64) >= system.row_upper[:rows.shape[0]]
    core: Mask = (rows > 0).astype(np.int64).T @ filled.astype(np.int64) <= 1
    core[kept] = core[n_arcs:] = True
    core |= system.lower != 0
    return core


def _basis(system: System, kept: Int64, core: Int64) -> Any:
    """Return the basis of a plan: a kept column in a row that it alone fills, if there is one, else at its bound."""
    import highspy

    status = highspy.HighsBasisStatus
    rows, columns = np.full(system.n_rows, status.kBasic), np.full(system.n_columns, status.kLower)
    columns[kept] = status.kUpper
    own_row, column = _own_rows(system, kept)
    rows[own_row], columns[column] = status.kUpper, status.kBasic
    basis = highspy.HighsBasis()
    basis.row_status, basis.col_status, basis.valid = rows.tolist(), columns[core].tolist(), True
    return basis


def _own_rows(system: System, kept: Int64) -> tuple[Int64, Int64]:
    """Return rows that one kept column alone fills to their upper bound, and that column; one row a column."""
    rows = system.matrix[:system.goal_row(0)][:, kept]
    full = (rows @ np.ones(len(kept), np.int64) == system.row_upper[:rows.shape[0]]) & (np.diff(rows.indptr) == 1)
    own = np.flatnonzero(full)
    column, first = np.unique(rows.indices[rows.indptr[own]], return_index=True)
    return own[first], kept[column]
