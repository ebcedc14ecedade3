"""The relaxation of one part, at whatever prices of the couplings, from the basis at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from matching.engines.by_price import Minimum
from matching.engines.couplings import Floats
from matching.engines.lifting import lift
from matching.engines.relaxation import Relaxation, Relaxed
from matching.engines.seeds import seeds
from matching.engines.settings import Settings
from matching.engines.split import Part
from matching.engines.system import system_of
from matching.problem.program import Int64, Objective


class PartRelaxation:
    """A part whose couplings are its first goals: held at an amount, or free where they are paid for.

    Parameters
    ----------
    rows : of the couplings, shape (n couplings, the part's n_columns)
    cost : int64, shape (the part's n_columns,); what it is first asked for

    Attributes
    ----------
    deadline : until when it may work
    """

    def __init__(self, part: Part, rows: sparse.csr_array, cost: Int64, settings: Settings) -> None:
        goals = tuple(Objective(f"coupling-{k}", row) for k, row in enumerate(rows.toarray()))
        program = replace(part.program, objectives=(*goals, *part.program.objectives))
        extension = lift(system_of(program), program.n_arcs)
        self._rows = rows
        self._n_columns = program.n_columns
        self._n_added = extension.system.n_columns - program.n_columns
        core = seeds(program, extension, self._extended(cost)).columns
        self._relaxation = Relaxation(extension.system, core, settings)
        self.deadline = settings.deadline
        self._before: list[Int64] = []

    def _extended(self, cost: Int64) -> Int64:
        return np.concatenate([cost, np.zeros(self._n_added, np.int64)])

    def _solved(self, cost: Int64, limits: Sequence[int]) -> Relaxed:
        """Solve, by way of the cost before: at its optimum the basis is primal feasible for the new one."""
        costs = [*self._before, self._extended(cost)]
        self._before = costs[-1:]
        return self._relaxation.solve(costs, limits, self.deadline)

    def prices(self, cost: Int64, amounts: Int64) -> Floats | None:
        """Return what one more of each coupling is worth to the part where it has `amounts`, None where that is too
        little."""
        certificate = self._solved(cost, amounts.tolist()).certificate
        if certificate is None:
            return None
        first = len(certificate.prices) - self._relaxation.system.n_goals
        own = certificate.prices[first:first + self._rows.shape[0]]
        prices = np.asarray(np.maximum(0, -own) / certificate.scale)
        paid = self._rows.T @ np.rint(prices).astype(np.int64)
        self._before = [self._extended(cost + paid)]  # where the couplings are paid for, the basis stays optimal
        return prices

    def minimum(self, cost: Int64) -> Minimum | None:
        """Return the part's least cost where the couplings are free; None where time is up or there is no solution."""
        relaxed = self._solved(cost, [])
        if relaxed.certificate is None:
            return None
        return Minimum(relaxed.x[:self._n_columns], relaxed.certificate.bound)
