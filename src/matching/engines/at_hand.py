"""The columns and cuts of a system that HiGHS has at hand, and the pricing in of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.certificate import Certificate, certify
from matching.engines.cut_pool import CutPool
from matching.engines.highs_model import Floats, Outcome, append_columns, append_rows, build
from matching.engines.settings import Settings
from matching.engines.simplex import (
    DUAL_SIMPLEX,
    PRIMAL_SIMPLEX,
    Method,
    bound_columns,
    most_iterations,
    run,
    run_interior,
)
from matching.engines.system import System
from matching.problem.program import Int64

Mask = npt.NDArray[np.bool_]
WORTH_ADDING, SHARE_WORTH_ADDING = 1e-6, 1e-9
"""What a unit of a column must save for the column to be priced in, and as a share of the largest cost."""
FEWEST_ADDED = 20_000
SHARE_ADDED = 0.05


class AtHand:
    """A system in HiGHS, with some of its columns and the cuts found for it.

    Parameters
    ----------
    core : the columns at hand from the start; those that cannot be zero are, too
    basis : HiGHS's, to begin from; its columns are those of the core
    """

    def __init__(self, system: System, core: Mask, settings: Settings, basis: Any = None) -> None:
        self._pool = CutPool(system)
        self._settings = settings
        self._highs: Any = None
        self._n_rows = system.n_rows
        self._limits: Sequence[int] = ()
        self._base = self._among = system
        self._below = self._has_inverse = False
        self._iterations = 0
        self._solved_at: Floats | None = None
        self._holding = np.zeros(0, np.bool_)
        self._first_basis = basis
        at_hand = core | (system.lower != 0)
        self._columns = np.flatnonzero(at_hand if at_hand.any() else ~at_hand)

    @property
    def system(self) -> System:
        """The system with all cuts found so far, those included that hold only within some limits."""
        return self._pool.system

    @property
    def columns(self) -> Int64:
        """The columns at hand."""
        return self._columns

    @property
    def basis(self) -> Any:
        """HiGHS's basis of the columns at hand."""
        return self._highs.getBasis()

    @property
    def iterations(self) -> int:
        """How many iterations of the simplex method all solves took together."""
        return self._iterations

    def least(self, cost: Floats, deadline: float) -> Outcome:
        """Minimise a cost over all columns, without cuts; the basis at hand is then the best."""
        self._prepare(cost, [], deadline)
        return self._price_in(cost, DUAL_SIMPLEX)

    def within(self, limits: Sequence[int]) -> System:
        """Return the system with goal k at most ``limits[k]`` and the cuts that then hold."""
        return self._pool.within(limits)

    def _bound_columns(self) -> None:
        bound_columns(self._highs, self._among.lower[self._columns], self._among.upper[self._columns])

    def _others(self) -> Int64:
        """Return the columns that are not at hand."""
        away = np.ones(self.system.n_columns, np.bool_)
        away[self._columns] = False
        return np.flatnonzero(away)

    def _add(self, columns: Int64, cost: Int64 | Floats) -> None:
        if len(columns):
            part = self.system.matrix[self._order()][:, columns].tocsc()
            append_columns(self._highs, part, cost[columns], self._among.lower[columns], self._among.upper[columns])
            self._columns = np.concatenate([self._columns, columns])

    def _price_in(self, cost: Int64 | Floats, method: Method) -> Outcome:
        """Solve over the columns at hand, add those that would save something, until there is none.

        Where those at hand leave no point, those are added that may mend the ray which says so (Farkas pricing), and
        the dual simplex goes on from there; the primal, with all columns, can take minutes.
        """
        outcome = self._run(method)
        while len(self._columns) < self.system.n_columns:
            if outcome == "infeasible":
                if not self._mended(cost):
                    return outcome
                outcome = self._run(DUAL_SIMPLEX)
                continue
            if outcome != "optimal" or not self._priced(cost):
                return outcome
            outcome = self._run(PRIMAL_SIMPLEX)
        return outcome

    def _priced(self, cost: Int64 | Floats) -> bool:
        """Add the columns whose reduced cost is negative, the most negative ones, and tell whether there were any."""
        reduced = cost - self.system.matrix.T @ self._prices(self._duals())
        return self._take(reduced, max(WORTH_ADDING, SHARE_WORTH_ADDING * float(np.abs(cost).max(initial=0))), cost)

    def _mended(self, cost: Int64 | Floats) -> bool:
        """Add the columns that may mend the ray of a run without a point, or all; tell whether there is any to add.

        There is none where the ray proves in whole numbers that there is no point.
        """
        refutation = self._refutation()
        if refutation is None:
            self._add(self._others(), cost)
            return True
        if refutation.bound > 0:
            return False
        worth = SHARE_WORTH_ADDING * float(np.abs(refutation.prices).max(initial=0))
        if not self._take(refutation.reduced, worth, cost):
            self._add(self._others(), cost)
        return True

    def _refutation(self) -> Certificate | None:
        """Return what the ray that simplex ended on proves of a cost of nothing: if more than 0, that there is no x.

        None where it ended on no ray.
        """
        _, given, ray = self._highs.getDualRay()
        if not given:
            return None
        return certify(self._held(), np.zeros(self.system.n_columns, np.int64), self._prices(np.array(ray)))

    def _take(self, reduced: Floats | Int64, worth: float, cost: Int64 | Floats) -> bool:
        """Add the columns of most negative reduced cost, if it is below `-worth`, and tell whether there were any."""
        others = self._others()
        others = others[self._among.lower[others] < self._among.upper[others]]
        saving = others[reduced[others] < -worth]
        most = max(FEWEST_ADDED, int(SHARE_ADDED * self.system.n_columns))
        if len(saving) > most:
            saving = saving[np.argpartition(reduced[saving], most)[:most]]
        self._add(saving, cost)
        return bool(len(saving))

    def _run(self, method: Method, most: int | None = None) -> Outcome:
        """Run from the basis at hand; where simplex breaks down or circles, by interior point from none.

        Parameters
        ----------
        most : iterations after which it is stopped, whatever it came to
        """
        ran = run(self._highs, method, most or most_iterations(self._n_rows, len(self._columns)))
        self._iterations += ran.iterations
        self._has_inverse = ran.outcome == "optimal"
        if most is not None or not ran.broken:
            return ran.outcome
        self._has_inverse = False
        return run_interior(self._highs)

    def _held(self) -> System:
        """Return the system that is being solved."""
        return self.within(self._limits).bounded(self._among.lower, self._among.upper)

    def _add_cuts(self, matrix: sparse.csr_array, lower: Int64, conditional: Mask,
                  made_of: Sequence[Int64] | None = None) -> None:
        if len(lower):
            self._solved_at = None
            append_rows(self._highs, matrix[:, self._columns], lower)
            self._pool.add(matrix, lower, conditional, self._limits, made_of)
            self._holding = np.append(self._holding, np.ones(len(lower), np.bool_))

    def _x(self) -> Floats:
        x = np.zeros(self.system.n_columns)
        x[self._columns] = np.array(self._highs.getSolution().col_value)
        return x

    def _order(self) -> Int64:
        """Return the system's rows in the order in which HiGHS has them: cuts last, not goals."""
        goals, rows = self._n_rows - self.system.n_goals, np.arange(self.system.n_rows)
        n_cuts = self.system.n_rows - self._n_rows
        return np.concatenate([rows[:goals], rows[goals + n_cuts:], rows[goals:goals + n_cuts]])

    def _duals(self) -> Floats:
        """Return the rows' prices in the order of HiGHS."""
        return np.array(self._highs.getSolution().row_dual)

    def _prices(self, duals: Floats) -> Floats:
        """Return prices in the order of the system's rows; cuts that have come in since have none."""
        prices = np.zeros(self.system.n_rows)
        prices[self._order()[:len(duals)]] = duals
        return prices

    def _charge(self, cost: Int64) -> None:
        n = len(self._columns)
        self._highs.changeColsCost(n, np.arange(n, dtype=np.int32), cost[self._columns].astype(np.float64))

    def _prepare(self, cost: Int64 | Floats, limits: Sequence[int], deadline: float) -> None:
        if self._highs is None:
            part = self.system.held(limits).restricted(self._columns)
            self._highs = build(part, cost[self._columns].astype(np.float64), self._settings, deadline)
            if self._first_basis is not None:
                self._highs.setBasis(self._first_basis)
            return
        for goal in range(self.system.n_goals):
            limit = float(limits[goal]) if goal < len(limits) else np.inf
            self._highs.changeRowBounds(self._n_rows - self.system.n_goals + goal, -np.inf, limit)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.0, self._settings.left(deadline)))

    def _choose(self, among: System, limits: Sequence[int]) -> None:
        """Take the columns' bounds from `among`, and of the cuts those that hold within `limits`."""
        self._below, self._limits = False, limits
        if among is not self._among:
            self._among = among
            self._bound_columns()
            others = self._others()
            self._add(others[among.lower[others] != 0], np.zeros(among.n_columns, np.int64))
        holding, first = self._pool.holding(limits), self.system.goal_row(0) - len(self._holding)
        for cut in np.flatnonzero(holding != self._holding):
            lower = float(self.system.row_lower[first + cut]) if holding[cut] else -np.inf
            self._highs.changeRowBounds(self._n_rows + int(cut), lower, np.inf)
        self._holding = holding
