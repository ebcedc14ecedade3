"""The linear relaxation of a system, kept in HiGHS from goal to goal so that each solve starts from the last basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from matching.engines.at_hand import AtHand, Mask
from matching.engines.capacity import capacities_of, separate
from matching.engines.certificate import Certificate, certify
from matching.engines.class_sums import rounded_sums
from matching.engines.cut_pool import CutPool
from matching.engines.halves import odd_sums
from matching.engines.highs_model import Floats, Outcome
from matching.engines.rounding import cuts_of, joined, rows_of
from matching.engines.settings import Settings
from matching.engines.simplex import (
    AFTER_CUTS,
    DUAL_SIMPLEX,
    PRIMAL_SIMPLEX,
    Method,
    cut_back,
    grown,
    rebound_rows,
)
from matching.engines.standing import Standing, numbers_of
from matching.engines.start_by_parts import Start
from matching.engines.system import System
from matching.engines.tableau import broken_sums
from matching.problem.program import INFINITE, Int64

VIOLATED = 1e-3
"""How far beyond a cut a point must be, in units of the cut, for the cut to be worth a row."""
MOST_ROUNDS = 20
SHARE_FOR_CUTS = 0.2
"""What share of the iterations of the longest solve those after cuts may take."""
MANY_CUTS = 10
"""With so many capacity cuts to add, no others are looked for yet."""
WHOLE = 1e-6
WORTH_A_ROUND = 0.02
"""What share of all that cuts have raised the bound by a round must raise it by, or the next is the last."""
LONG_REACH = 200
"""How many iterations it may take to find how far a sum of columns reaches."""
MANY_ROWS = 20_000
"""From so many on exact weights of the dual simplex, begun for each round of cuts, take longer than the round; so they
do after a change of a program that is solved."""


class Relaxed(NamedTuple):
    """How a relaxation ended; the certificate and `x` only where it is optimal."""

    outcome: Outcome
    certificate: Certificate | None
    x: Floats


class _Point(NamedTuple):
    """An optimum: `x` over all columns, the prices of the rows that HiGHS had then, in its order."""

    x: Floats
    duals: Floats


class _Mark(NamedTuple):
    """A state of a relaxation that it can go back to: all that a later solve depends on."""

    pool: CutPool
    base: System
    columns: Int64
    holding: Mask
    effort: int
    basis: Any


class Relaxation(AtHand):
    """One system's relaxation, with columns and cuts as they are called for.

    It begins with the columns of `core` and prices the others in: what is optimal for it is so over all columns.
    `system` is the system with the cuts found so far. Each solve is by simplex from the basis at hand.

    Parameters
    ----------
    basis : HiGHS's, to begin from; its columns are those of the core
    """

    def __init__(self, system: System, core: Mask, settings: Settings, basis: Any = None) -> None:
        super().__init__(system, core, settings, basis)
        self._capacities = capacities_of(system)
        self._effort = 0
        self._start: Start | None = None
        self._mark: _Mark | None = None

    @property
    def has_begun(self) -> bool:
        """Whether anything was solved, or a state taken over."""
        return self._highs is not None

    def start_from(self, start: Start) -> None:
        """Begin the first solve from a basis and its columns, by way of the cost for which it is nearly the best."""
        self._start, self._columns = start, start.columns
        self.allow_cuts(start.iterations)

    def turn_to(self, system: System, settings: Settings) -> None:
        """Go on with a system of the same rows and columns within other bounds: the basis stays, and what cuts hold."""
        before = self._base
        self._settings = settings
        self._pool.turn_to(system)
        self._capacities = capacities_of(system)
        self._base, self._solved_at = system, None
        if self._highs is not None:
            rebound_rows(self._highs, before, system)

    def take_all(self) -> None:
        """Take all columns at hand, so that none is to be priced in later."""
        self._add(self._others(), self.system.cost(0))

    def mark(self) -> None:
        """Note this state, in which a cost was minimised last, to `return_to_mark`."""
        self._mark = _Mark(self._pool.copy(), self._base, self._columns, self._holding, self._effort,
                           self._highs.getBasis())

    def begin_from(self, basis: Any) -> None:
        """Begin the next solve from a basis that was at hand once; columns and cuts may have come in since."""
        self._highs.setBasis(grown(basis, self._highs.getNumRow(), self._highs.getNumCol()))
        self._has_inverse, self._solved_at = False, None

    def allow_cuts(self, effort: int) -> None:
        """Let cuts take as much as where the longest solve took so many iterations."""
        self._effort = max(self._effort, effort)

    def standing(self) -> Standing:
        """Return the state that was marked, for a relaxation of the same system to `resume`."""
        mark = self._mark
        assert mark is not None
        return Standing(mark.columns, numbers_of(mark.basis.col_status), numbers_of(mark.basis.row_status),
                        *mark.pool.cuts, mark.effort)

    def resume(self, standing: Standing, limits: Sequence[int], deadline: float) -> None:
        """Stand where another relaxation of this system did, all columns at hand; this one has solved nothing yet."""
        self._columns, self._effort = standing.columns, standing.effort
        self._prepare(self.system.cost(0), limits, deadline)
        self._limits = limits
        self._add_cuts(standing.cuts, standing.lower, standing.conditional)
        self._highs.setBasis(standing.basis())

    def return_to_mark(self) -> None:
        """Forget what came after the mark: what is solved next depends on nothing of it."""
        mark = self._mark
        assert mark is not None
        cut_back(self._highs, self._n_rows + len(mark.holding), len(mark.columns))
        self._pool, self._columns, self._effort = mark.pool.copy(), mark.columns, mark.effort
        self._holding = self._holding[:len(mark.holding)]
        rebound_rows(self._highs, self._base, mark.base)
        self._base = self._among = mark.base
        self._bound_columns()
        self._highs.clearSolver()  # it draws random numbers on from solve to solve
        self._highs.setBasis(mark.basis)
        self._has_inverse, self._solved_at = False, None

    def solve(self, costs: Sequence[Int64], limits: Sequence[int], deadline: float, *, quick: bool = False) -> Relaxed:
        """Minimise each cost in turn with goal k at most ``limits[k]``; answer for the last.

        A first cost that sets the columns apart brings the simplex method past the ties of the one that is asked for.
        Where it is only that, and cuts are at hand, it calls for no more than the quick ones; nor does a `quick` solve.
        """
        method = PRIMAL_SIMPLEX if self._is_within(limits) else DUAL_SIMPLEX
        method = self._begin(costs[0], limits, deadline, method)
        rounding = not quick and (len(costs) == 1 or not self._holding.any())
        for place, cost in enumerate(costs):
            self._charge(cost)
            outcome, point = self._cut_off(cost, PRIMAL_SIMPLEX if place else method, rounding=rounding and not place)
            self._solved_at = None if point is None else point.x
            if point is None:
                break
        return self._relaxed(outcome, point, costs[-1])

    def _started(self, method: Method) -> Method:
        """Solve for the cost that there is a basis for, if any; return the method for the one that is asked for."""
        start, self._start = self._start, None
        if start is None:
            return method
        self._highs.setBasis(start.basis)
        self._highs.changeColsCost(len(start.cost), np.arange(len(start.cost), dtype=np.int32), start.cost)
        return PRIMAL_SIMPLEX if self._run(AFTER_CUTS) == "optimal" else method

    def _relaxed(self, outcome: Outcome, point: _Point | None, cost: Int64) -> Relaxed:
        if point is None:
            return Relaxed(outcome, None, np.zeros(0))
        return Relaxed(outcome, certify(self._held(), cost, self._prices(point.duals)), point.x)

    def _is_within(self, limits: Sequence[int]) -> bool:
        """Tell whether the solution at hand keeps to `limits`, so that only the cost changes."""
        x = self._solved_at
        if x is None or self._among is not self._base:
            return False
        return all(self.system.cost(k) @ x <= limit + WHOLE for k, limit in enumerate(limits))

    def bound(self, cost: Int64, limits: Sequence[int], deadline: float, method: Method, *, cuts: bool = False
              ) -> Certificate | None:
        """Return what is proven of a cost with goal k at most ``limits[k]``; None where nothing is.

        Parameters
        ----------
        method : of simplex, the one that suits the basis at hand
        cuts : look for cuts too
        """
        method = self._begin(cost, limits, deadline, method)
        if cuts:
            return self._relaxed(*self._cut_off(cost, method), cost).certificate
        outcome = self._price_in(cost, method)
        return certify(self._held(), cost, self._prices(self._duals())) if outcome == "optimal" else None

    def keeps(self, cost: Int64, limits: Sequence[int], deadline: float) -> bool | None:
        """Tell whether some point has goal k at most ``limits[k]``, `cost` leading there; None where neither is proven.
        """
        outcome = self._price_in(cost, self._begin(cost, limits, deadline, DUAL_SIMPLEX))
        if outcome == "infeasible":
            refutation = self._refutation()
            return False if refutation is not None and refutation.bound > 0 else None
        return True if outcome == "optimal" else None

    def _begin(self, cost: Int64, limits: Sequence[int], deadline: float, method: Method) -> Method:
        """Make ready to minimise a cost within limits; return the method, that one unless there is a start to go from.
        """
        self._solved_at = None
        self._prepare(cost, limits, deadline)
        self._choose(self._base, limits)
        method = self._started(method)
        self._charge(cost)
        return method

    def solve_below(self, cost: Int64, limits: Sequence[int], cutoff: int, among: System, deadline: float) -> Relaxed:
        """Minimise a cost that is the goal's after those held, over the plans of `cutoff` or less.

        Parameters
        ----------
        among : the system with its columns bounded as such plans allow
        """
        self._solved_at = None
        self._prepare(cost, limits, deadline)
        self._choose(among, (*limits, cutoff))
        self._below = True
        self._charge(cost)
        return self._relaxed(*self._cut_off(cost, DUAL_SIMPLEX), cost)

    def cut_below(self, limits: Sequence[int], cutoff: int) -> System:
        """Return the system with the cuts that hold for plans of `cutoff` or less in the goal after those held.

        That goal's own row is left free: branch and bound has it as its cutoff.
        """
        cut = self.within((*limits, cutoff))
        row_upper = cut.row_upper.copy()
        row_upper[cut.goal_row(len(limits))] = INFINITE
        return replace(cut, row_upper=row_upper)

    def solve_rounded(self, costs: Sequence[Int64], limits: Sequence[int], deadline: float, *,
                      quick: bool = False) -> Relaxed:
        """Answer as `solve` does, with what rounding the sums of classes of columns at its solution adds."""
        relaxed = self.solve(costs, limits, deadline, quick=quick)
        if relaxed.certificate is None or not self._round_sums():
            return relaxed
        return self.solve(costs[-1:], limits, deadline, quick=quick)

    def _round_sums(self) -> bool:
        """Add what rounding the sums of classes of columns gives at the last point, within the last limits.

        Tells whether there was any; the costs are then those of no goal.
        """
        found = rounded_sums(self._held(), self._x(), self._prices(self._duals()), self._reach)
        self._add_cuts(found.matrix, found.lower, np.ones(len(found.lower), np.bool_))
        return bool(len(found.lower))

    def _reach(self, direction: Int64) -> Fraction | None:
        """Return the least that a sum of columns can be; the basis stays as it was, the costs do not."""
        basis = self._highs.getBasis()
        self._charge(direction)
        outcome = self._run(PRIMAL_SIMPLEX, LONG_REACH)
        least = certify(self._held(), direction, self._prices(self._duals())).bound if outcome == "optimal" else None
        self._highs.setBasis(basis)
        return least

    def _cut_off(self, cost: Int64, method: Method, *, rounding: bool = True) -> tuple[Outcome, _Point | None]:
        """Solve, add the cuts that the solution violates, and solve again, until little comes of it or time is up.

        Answers with the last optimum: where time is up in a later round, with that of the round before.
        """
        before = self._iterations
        outcome, point = self._price_in(cost, method), None
        self._effort = max(self._effort, self._iterations - before)
        most = self._iterations + SHARE_FOR_CUTS * self._effort
        few_steps = self._mark is not None or self._n_rows >= MANY_ROWS
        values: list[float] = []
        while outcome == "optimal":
            point = _Point(self._x(), self._duals())
            if len(values) == MOST_ROUNDS or self._tails_off(values) or not self._separated(point.x, rounding):
                break
            outcome = self._price_in(cost, AFTER_CUTS if few_steps else DUAL_SIMPLEX)
            rounding &= self._iterations < most
        if outcome == "stopped" and point is not None:
            return "optimal", point
        return outcome, point if outcome == "optimal" else None

    def _tails_off(self, values: list[float]) -> bool:
        """Note the value at hand; tell whether the last two rounds of cuts raised it by next to nothing."""
        values.append(self._highs.getInfo().objective_function_value)
        if len(values) < 4:
            return False
        return values[-1] - values[-3] <= WORTH_A_ROUND * (values[-1] - values[0])

    def _separated(self, x: Floats, rounding: bool) -> bool:
        """Add cuts that the solution at hand, `x`, violates, and tell whether there were any."""
        matrix, lower, made_of = separate(self._capacities, x, VIOLATED)
        self._add_cuts(matrix, lower, np.zeros(len(lower), np.bool_), made_of)
        if len(lower) >= MANY_CUTS or not rounding or np.abs(x - np.rint(x)).max() < WHOLE:
            return bool(len(lower))
        held = self._held()
        sums = odd_sums(held, x)
        if self._has_inverse:
            sums = joined(sums, broken_sums(self._highs, self._order()))
        cuts = cuts_of(held, x, sums)
        self._add_cuts(cuts.matrix, cuts.lower, self._pool.resting_on_limits(sums)[cuts.number] | self._below,
                       None if self._below else rows_of(sums, cuts.number))
        return bool(len(lower) + len(cuts.lower))
