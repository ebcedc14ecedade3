"""How the rules stand in each of many draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.scenarios.arrivals.demands import Demands


@dataclass(frozen=True)
class Standing:
    """The rules' rows in every draw; all but `triggered` changes as seats are filled again.

    Attributes
    ----------
    margin : int64, (n_rows, n_draws); by how much each row holds, negative where it does not
    started : int64, (n_rows, n_draws); what its trigger counts, less what it binds from
    there : int64, (n_visits, n_draws); how many go to each school of a row that counts schools
    """

    margin: Int64
    started: Int64
    triggered: Int64
    there: Int64

    def broken(self) -> Bools:
        """Tell where rows do not hold, (n_rows, n_draws)."""
        found: Bools = self.margin < 0
        found[self.triggered] &= self.started >= 0
        return found


def fresh(demands: Demands, placed: int, arrived: Bools) -> Standing:
    """Return how the rules stand where only those of the plan who arrive take part.

    Parameters
    ----------
    arrived : bool, shape (placed, n_draws)
    """
    here = sparse.csr_array(arrived.astype(np.int64))
    triggered = np.flatnonzero(demands.start)
    there = _product(demands.visits.matrix, placed, here)
    margin = _product(demands.matrix, placed, here) - demands.bound[:, None]
    margin += demands.visits.gained(there, len(demands.rule))
    started = _product(demands.trigger[triggered], placed, here) - demands.start[triggered, None]
    return Standing(margin, started, triggered, there)


def _product(matrix: sparse.csr_array, placed: int, here: sparse.csr_array) -> Int64:
    return np.asarray((matrix[:, :placed] @ here).toarray(), np.int64)
