"""A chain of points, from the loosest to the tightest: what is best for one may be for the next as well.

A plan that is best under some rules, and keeps to tighter ones, is best under those too: they only leave fewer plans.
So nothing is solved where the plan of a looser point passes the audit under the tighter one's policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.engines import Solution
from matching.executors import Stop, StoppedError
from matching.explain.solved import solution_of
from matching.planner.plans import AuditFailedError, goal_lines
from matching.planner.settle import settled
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.scenarios.whatif.knobs import Knob, turned
from matching.scenarios.whatif.point import MAIN, Point, bare, stripped, with_plan
from matching.scenarios.whatif.solving import Clock, PointSolver, Tell, cold
from matching.scenarios.whatif.values import Value

Values = tuple[Value | None, ...]
OnPoint = Callable[[Point], None]


class Root(NamedTuple):
    """The loosest point asked for of a seed, and its solution where it has one that is proven."""

    values: Values
    point: Point
    solution: Solution | None


class Shared(NamedTuple):
    """What every worker needs: sent once."""

    instance: Instance
    policy: Policy
    knobs: tuple[Knob, ...]
    roots: dict[int, Root]
    workers: int
    deadline: float | None


class Chain(NamedTuple):
    """A job: points of one seed in order, each known already or not."""

    seed: int
    values: tuple[Values, ...]
    known: tuple[Point | None, ...]


@dataclass
class Worker:
    """Works chains; what it has done before changes no answer."""

    shared: Shared
    open: ExitStack
    stop: Stop | None = None
    on_point: OnPoint | None = None

    def __post_init__(self) -> None:
        self._solvers: dict[int, PointSolver] = {}
        self._clock = Clock(self.shared.deadline)

    def __call__(self, chain: Chain) -> list[Point]:
        """Return the points of a chain in order."""
        root = self.shared.roots[chain.seed]
        found = [(root.values, root.point)]
        for values, known in zip(chain.values, chain.known, strict=True):
            point = known or self._point(values, chain.seed, found)
            found.append((values, point))
            if known is None and self.on_point is not None:
                self.on_point(point)
        return [point for _, point in found[1:]]

    def _point(self, values: Values, seed: int, earlier: Sequence[tuple[Values, Point]]) -> Point:
        policy = turned(self.shared.policy, self.shared.knobs, values)
        same = carried(self.shared, policy, values, seed, earlier)
        if same is not None:
            return same
        if self._clock.over:
            return bare(self.shared.knobs, values, seed, "unknown")
        problem = compile(self.shared.instance, policy)
        solver = self._solver(seed)
        if solver is None:
            solution = cold(problem.program, seed, self.shared.workers, self._clock.left, self.stop)
        else:
            solution = solver.solve(problem, self._clock.left)
        if solution.stopped == "user":
            raise StoppedError({})
        return solved_point(self.shared, problem, solution, values, seed)

    def _solver(self, seed: int) -> PointSolver | None:
        """Return what solves from the root; None where the root has no proven plan."""
        root = self.shared.roots[seed]
        if root.solution is None:
            return None
        if seed not in self._solvers:
            problem = compile(self.shared.instance, turned(self.shared.policy, self.shared.knobs, root.values))
            self._solvers[seed] = self.open.enter_context(
                PointSolver(problem, root.solution, seed=seed, workers=self.shared.workers, stop=self.stop))
        return self._solvers[seed]


@contextmanager
def open_chains(shared: Shared, stop: Stop | None = None, on_point: OnPoint | None = None) -> Iterator[Worker]:
    """Open what a worker needs for chains; the task of an executor."""
    with ExitStack() as stack:
        yield Worker(shared, stack, stop, on_point)


def root_of(shared: Shared, values: Values, seed: int, known: Point | None, stop: Stop | None, tell: Tell | None
            ) -> Root:
    """Return the loosest point, solved from nothing unless it is known.

    Raises
    ------
    StoppedError
        Where the user stops.
    """
    problem = compile(shared.instance, turned(shared.policy, shared.knobs, values))
    point = known
    if point is None:
        solution = cold(problem.program, seed, shared.workers, Clock(shared.deadline).left, stop, tell)
        if solution.stopped == "user":
            raise StoppedError({})
        point = solved_point(shared, problem, solution, values, seed)
    # made again from the plan, so that going on later from what was kept starts from the very same
    return Root(values, point, solution_of(problem, stripped(point)) if point.status == "optimal" else None)


def solved_point(shared: Shared, problem: Problem, solution: Solution, values: Values, seed: int,
                 blank: Point | None = None) -> Point:
    """Return the point that a solution makes, its plan audited; `blank` is the point without a plan."""
    point = blank or bare(shared.knobs, values, seed, solution.status)
    if solution.x is None:
        return point
    tight = settled(problem, solution)
    assert tight.x is not None
    plan = Plan(MAIN, solution.status, seed, problem.decode(tight.x), goal_lines(problem, tight))
    return with_plan(point, problem.instance, problem.policy, plan, shared.knobs)


def carried(shared: Shared, policy: Policy, values: Values, seed: int, earlier: Sequence[tuple[Values, Point]]
            ) -> Point | None:
    """Return the point at `values` where a looser one among `earlier` says all of it; None where it must be solved.

    Parameters
    ----------
    policy : with these values
    """
    for before, point in reversed(earlier):
        if not all(k.covers(a, b) for k, a, b in zip(shared.knobs, before, values, strict=True)):
            continue
        if point.status == "infeasible":
            return replace(bare(shared.knobs, values, seed, "infeasible"), by=point.by)
        if point.status == "optimal" and not _beyond(shared.knobs, values, point):
            same = _same_plan(shared, policy, values, seed, point)
            if same is not None:
                return same
    return None


def _beyond(knobs: Sequence[Knob], values: Values, point: Point) -> bool:
    """Tell whether the value is tighter than the point's plan is known to keep to."""
    if len(knobs) != 1 or point.until is None or not isinstance(values[0], Fraction):
        return False
    return knobs[0].tight * (values[0] - Fraction(point.until)) > 0


def _same_plan(shared: Shared, policy: Policy, values: Values, seed: int, point: Point) -> Point | None:
    """Return the point with the plan of a looser one where that keeps to this one's policy."""
    made = bare(shared.knobs, values, seed, "optimal")
    try:
        return replace(with_plan(made, shared.instance, policy, stripped(point), shared.knobs), by=point.by)
    except AuditFailedError:
        return None
