"""A problem with too many pairs for one program: bounds over all of them, a plan over some.

The first goal's bound and a flow that leads to good plans are found from few pairs (`wide_bound`). The flow says how
many go where: by it needs and teachers fall into clusters, what links these is shared out, and each is solved and
proven by itself. Then two and two are put together, while there is time and it helps. The plan is one of the whole
problem, its bounds are those of the whole.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matching.engines.by_clusters import plan_by_clusters
from matching.engines.exact import box_minimum, slack_units
from matching.engines.ledger import Ledger
from matching.engines.pairing_up import grown, pairs_of
from matching.engines.process import Asked
from matching.engines.quick_rows import definition_of, with_counts
from matching.engines.settings import Settings
from matching.engines.side_by_side import Runner, nobody_asks, side_by_side
from matching.engines.solution import NO_MESSAGE, GoalOutcome, Solution, Stopped, gap
from matching.engines.wide_ascent import Totals
from matching.engines.wide_bound import CLOSE, Found, Terms, first_arcs, search
from matching.engines.wide_clusters import teachers_of, within
from matching.engines.wide_flow import Flow, flow_over
from matching.engines.wide_network import network_of
from matching.engines.wide_polish import SumPrices, gained, polish, worth
from matching.engines.wide_prices import Priced, Prices
from matching.problem.problem import Problem
from matching.problem.program import Int64, Program
from matching.problem.wide import Wide

MOST_COLUMNS = 1_200_000
"""How many pairs a program has."""
FINEST, LEAST_SCALE = 300, 4
"""A price is in so fine parts that the largest cost of a pair comes to about as many."""
LARGEST_PRICE = 2**36
"""Further goals than this holds are not bounded; the flow solver multiplies costs by the number of nodes."""
ROUGH = 2e-3
"""A later goal's bound is worked out roughly before there is a plan, and again for what the plan leaves it."""
GENEROUS = 0.9
FOR_BOUNDS, FOR_PLANS, FOR_FLOWS = 0.5, 0.75, 0.5
"""Of the time left: the most for bounds and flow before there is a plan, then for plans, and for bettering one by
flows."""
MOST_PASSES = 8
LEAST_PLACED = 400
"""Clusters in which fewer are placed are put together; all are, two and two, as long as that betters the plan well."""


@dataclass(frozen=True)
class WideSolution:
    """A solution over some pairs.

    Attributes
    ----------
    problem : over those pairs; None where there was no time for one
    """

    problem: Problem | None
    solution: Solution


class WideSolve:
    """One wide problem at work.

    Parameters
    ----------
    cluster : of each need, from 0 without gaps
    companies : teachers who go together
    """

    def __init__(self, wide: Wide, cluster: Int64, companies: Sequence[Sequence[int]], settings: Settings,
                 run: Runner = side_by_side, stop: Asked = nobody_asks) -> None:
        self._wide = wide
        self._cluster = cluster
        self._companies = companies
        self._settings = settings
        self._run = run
        self._stop = stop
        self._priced = Priced(wide, network_of(wide.blocks, np.diff(wide.arcs.start), wide.arcs.n_needs))
        self._found: list[Found] = []
        self._seen: list[Totals] = []
        self._problem: Problem | None = None
        self._x: Int64 | None = None
        self._values: tuple[int, ...] = ()
        self._carried = np.zeros(0, np.int64)
        self._sum_prices = SumPrices()

    def solve(self) -> WideSolution:
        """Bound, plan, better the plan, and bound again what the plan's values leave to later goals."""
        began = time.monotonic()
        self._bound(self._settings.after(FOR_BOUNDS))
        if self._found:
            self._plan(self._settings.after(FOR_PLANS))
        if self._x is not None:
            self._tighten(self._settings.deadline)
        return self._answer(time.monotonic() - began)

    def first_bound(self) -> Found | None:
        """Bound the first goal alone; None where time is up before the first flow."""
        terms = self._terms(self._settings.deadline)
        return search(self._priced, self._first_prices(0), [], self._first_arcs(), terms)

    def _bound(self, deadline: float) -> None:
        """Bound each goal, those before it at their bounds; the last search's flow leads to the plan."""
        limits: list[int] = []
        for goal in range(len(self._wide.costs)):
            terms, prices = self._terms(deadline, close=ROUGH if goal else CLOSE), self._first_prices(goal)
            fits = sum(prices.goals) < LARGEST_PRICE
            found = search(self._priced, prices, limits, self._first_arcs(), terms, self._seen) if fits else None
            if found is None:
                return
            self._found.append(found)
            limits.append(math.ceil(found.scan.bound))

    def _terms(self, deadline: float, close: float = CLOSE, steer_goals: bool = False) -> Terms:
        return Terms(deadline, self._settings.seed, close=close, steer_goals=steer_goals, stop=self._stop)

    def _first_arcs(self) -> Int64:
        return self._found[-1].arcs if self._found else first_arcs(self._priced, self._settings.seed)

    def _first_prices(self, goal: int) -> Prices:
        """Return prices to begin with: goals before outweigh those after them on a pair, rows as in the last search."""
        largest = [int(np.abs(cost).max(initial=0)) for cost in self._wide.costs]
        scale = max(LEAST_SCALE, FINEST // max(1, largest[goal]))
        weights = [scale]
        for above in range(goal, 0, -1):
            weights.append(weights[-1] * (1 + largest[above]))
        rows = self._priced.no_prices()
        if self._found:
            last = self._found[-1].scan.prices
            factor = Fraction(weights[1], last.scale)
            rows = tuple(np.rint(row * float(factor)).astype(np.int64) for row in last.rows)
        return Prices(scale, goal, tuple(reversed(weights[1:])), rows, np.zeros(self._priced.network.n_nodes, np.int64))

    def _plan(self, deadline: float) -> None:
        """Find a plan by clusters, then by pairs of clusters, as long as it helps."""
        flow, arcs = self._generous(self._found[-1]), self._wide.arcs
        clusters = cluster = grown(arcs, flow.carried, self._cluster, LEAST_PLACED)
        for number in range(MOST_PASSES):
            before = self._values
            teachers = teachers_of(self._priced, flow, cluster, self._companies)
            chosen = np.union1d(within(self._priced, flow.prices, teachers, cluster, MOST_COLUMNS), flow.carried)
            bettered = self._work(chosen, cluster, flow, deadline)
            if bettered:
                self._polish(self._settings.after(FOR_FLOWS))
            if not self._values:
                if cluster.max(initial=0) == 0:
                    return
                clusters = cluster = pairs_of(arcs, flow.carried, cluster, 0)
                continue
            if not bettered or not gained(before, self._values):
                return
            flow = Flow(self._carried, flow.prices)
            cluster = pairs_of(arcs, self._carried, clusters, number)

    def _generous(self, found: Found) -> Flow:
        """Return a flow that pays less for rows than they are worth and so takes more of them than there is.

        Clusters leave some of what they are given; what is too much is taken off all alike where it is shared out.
        """
        prices = found.flow.prices
        rows = tuple(np.rint(row * GENEROUS).astype(np.int64) for row in prices.rows)
        return flow_over(self._priced, prices._replace(rows=rows), found.arcs) or found.flow

    def _work(self, chosen: Int64, cluster: Int64, flow: Flow, deadline: float) -> bool:
        """Solve the clusters over the pairs `chosen`, and tell whether that gave a plan, or a better one."""
        if self._stop() or self._settings.left(deadline) <= 0:
            return False
        kept = self._wide.with_all_ends(chosen)
        problem = self._wide.problem(kept)
        ledger = Ledger(problem.program)
        x = self._columns(problem.program, kept, flow.carried)
        settings = Settings(self._settings.seed, self._settings.workers, deadline)
        plan_by_clusters(ledger, cluster[problem.arcs.need], x, settings, self._run, self._stop)
        return self._taken(problem, ledger, kept)

    def _columns(self, program: Program, kept: Int64, carried: Int64) -> Int64:
        """Return the columns of `program`, over the pairs `kept`, in which the pairs `carried` are."""
        arcs = np.zeros(program.n_arcs, np.int64)
        arcs[np.searchsorted(kept, carried)] = 1
        definition = definition_of(program)
        if definition is None:
            return np.concatenate([arcs, np.zeros(program.n_columns - program.n_arcs, np.int64)])
        return with_counts(program, definition, arcs)

    def _polish(self, deadline: float) -> None:
        """Better the plan by flows over the pairs that were worth most in all of the country."""
        kept = self._wide.with_all_ends(np.union1d(self._found[-1].arcs, self._carried))
        problem = self._wide.problem(kept)
        ledger = Ledger(problem.program)
        polish(ledger, self._columns(problem.program, kept, self._carried),
               worth(self._priced, [found.scan.prices for found in self._found], kept), self._sum_prices,
               lambda: self._stop() or self._settings.left(deadline) <= 0)
        self._taken(problem, ledger, kept)

    def _taken(self, problem: Problem, ledger: Ledger, kept: Int64) -> bool:
        """Take a plan over the pairs `kept` where it is the best so far."""
        if ledger.x is None or (self._values and ledger.values >= self._values):
            return False
        self._problem, self._x, self._values = problem, ledger.x, ledger.values
        self._carried = kept[np.flatnonzero(ledger.x[:len(kept)])]
        return True

    def _tighten(self, deadline: float) -> None:
        """Bound later goals again, with those before them at the plan's values."""
        limits = self._limits()
        for goal in range(1, len(self._found)):
            found = self._found[goal]
            terms = self._terms(deadline, steer_goals=True)
            better = search(self._priced, found.scan.prices, limits[:goal], found.arcs, terms, self._seen)
            before = self._priced.bound(found.scan.prices, limits[:goal])
            if better is not None and better.scan.bound > before:
                self._found[goal] = better

    def _limits(self) -> list[int]:
        """Return what plans may cost in each goal at most for later ones, the pairs alone."""
        assert self._problem is not None
        goals = self._problem.program.objectives
        return [value + slack_units(goal, value) - goal.constant - self._beyond(k)
                for k, (value, goal) in enumerate(zip(self._values, goals, strict=True))]

    def _beyond(self, goal: int) -> int:
        """Return the least that the columns beyond the pairs add to a goal."""
        assert self._problem is not None
        program = self._problem.program
        n = program.n_arcs
        return box_minimum(program.objectives[goal].cost[n:], program.lower[n:], program.upper[n:])

    def _answer(self, seconds: float) -> WideSolution:
        if self._problem is None:
            return WideSolution(None, Solution("unknown", None, (), self._ended(), NO_MESSAGE, "highs", seconds))
        limits = self._limits()
        outcomes = []
        for k, goal in enumerate(self._problem.program.objectives):
            step = int(np.gcd.reduce(self._wide.costs[k], initial=0)) or 1
            proven = self._priced.bound(self._found[k].scan.prices, limits[:k]) if k < len(self._found) else None
            bound = self._least(k) if proven is None else math.ceil(proven / step) * step
            bound = min(bound + self._beyond(k) + goal.constant, self._values[k])
            outcomes.append(GoalOutcome(goal.name, goal.sense * self._values[k], goal.sense * bound,
                                        gap(self._values[k], bound)))
        proven_all = all(outcome.gap == 0 for outcome in outcomes)
        return WideSolution(self._problem, Solution("optimal" if proven_all else "feasible", self._x, tuple(outcomes),
                                                    None if proven_all else self._ended(), NO_MESSAGE, "highs",
                                                    seconds))

    def _ended(self) -> Stopped | None:
        """Return what cut the solve short; nothing where it did all that it knows to do."""
        if self._stop():
            return "user"
        return "time" if self._settings.left(self._settings.deadline) <= 0 else None

    def _least(self, goal: int) -> int:
        """Return what all pairs that lower a goal come to."""
        return int(np.minimum(self._wide.costs[goal], 0).sum(dtype=np.int64))
