"""The exact front between two criteria, each plan of it audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from matching.audit import Auditor
from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Plan, Status
from matching.engines import Solution, Stop
from matching.engines.solution import NO_MESSAGE
from matching.planner.axes import Axis, Named, axis
from matching.planner.clock import Clock
from matching.planner.front_ground import Ground, ground, policy_between
from matching.planner.front_points import Front, FrontPoint, Stretch, Values
from matching.planner.front_search import Box, Found, FrontSearch, undominated
from matching.planner.front_solves import AT_ONCE, Runner, Settings, Solves
from matching.planner.plans import AuditFailedError, judged
from matching.planner.variants import OnProgress
from matching.policy import values
from matching.policy.model import Policy, Slack
from matching.policy.variants import front_id
from matching.problem import compile

UNKNOWN_LENGTH = 4
"""How many solves are reckoned with, for their share of the time, where all points are asked for."""
NETWORK, NO_NETWORK = "mcf", "highs"
"""A cap makes no network: the default engine takes it where the network's own engine was asked for."""


def front(instance: Instance, policy: Policy, first: Named, second: Named, *, max_points: int | None = None,
          within: Slack | str | float | None = None, hold: Sequence[str] | None = None, main: Plan | None = None,
          number: int = 1, engine: str = "highs", seed: int = 0, time_limit: float | None = None, workers: int = 2,
          stop: Stop | None = None, on_progress: OnProgress | None = None) -> Front:
    """Find the plans between two criteria of which none is better in both, exactly, by the epsilon-constraint method.

    Parameters
    ----------
    first, second : a goal's kind (``points.2`` is the second of its kind), ``placed``, ``km``, ``yuan``,
        ``preference``, ``backbone``, a name of the points table, an elastic rule's id, a points table or a goal.
        Kilometres are those of all placements together: a mean is no sum
    max_points : how many points at most, spread over the front; None for all of them
    within : what may be given up of the first, an amount or a percentage of its best value; None for anything
    hold : which of the policy's goals every plan keeps as well as the main plan does, slack included; without it, those
        of the kinds fill, shortfall and fair that neither end is of
    main : the main plan, where it is known
    number : in the ids of the plans
    engine, seed, time_limit, workers, stop, on_progress : as for `solve`

    Raises
    ------
    InputError
        Where the policy has no such criterion or goal, both are the same, or the engine cannot take the problem.
    AuditFailedError
        Where a plan does not pass the audit.
    """
    ends = axis(policy, first), axis(policy, second)
    problem = compile(instance, policy_between(policy, *ends))
    engine = NO_NETWORK if engine == NETWORK else engine
    runner = Runner(Settings(engine, seed, workers, stop, on_progress, f"front-{number}"), Clock(time_limit))
    to_come = max_points or UNKNOWN_LENGTH
    base = ground(problem, policy, hold, main, lambda program: runner.solve(program, runner.share(to_come)))
    if isinstance(base, Solution):
        return _without(ends, base.status)
    found = _searched(base, runner, max_points, None if within is None else values.slack(within))
    return _without(ends, found.status, base) if isinstance(found, Solution) else _Told(ends, base, seed, number)(found)


def asked_fronts(instance: Instance, policy: Policy, main: Plan, clock: Clock, **settings: Any) -> tuple[Front, ...]:
    """Return the fronts that the policy asks for, which share what is left of the time.

    Parameters
    ----------
    settings : engine, seed, workers, stop and on_progress, as for `front`
    """
    found = []
    for number, asked in enumerate(policy.fronts, 1):
        left = None if clock.left is None else clock.left / (len(policy.fronts) - number + 1)
        with clock.phase("fronts"):
            found.append(front(instance, policy, *asked.of, max_points=asked.at_most, within=asked.within, main=main,
                               number=number, time_limit=left, **settings))
    return tuple(found)


def _without(ends: tuple[Axis, Axis], status: Status, base: Ground | None = None) -> Front:
    """Return a front without points."""
    return Front((ends[0].name, ends[1].name), (ends[0].title, ends[1].title), (ends[0].up, ends[1].up), (), (),
                 base.held if base else (), "infeasible" if status == "infeasible" else "unknown")


@dataclass(frozen=True)
class _Searched:
    """The points of a front, what is open between them, and whether both ends are known."""

    points: list[Found]
    boxes: list[Box]
    ended: bool


def _searched(base: Ground, runner: Runner, max_points: int | None, within: Slack | None) -> _Searched | Solution:
    to_come = max_points or UNKNOWN_LENGTH
    if runner.over:
        return Solution("unknown", None, (), "time", NO_MESSAGE, NO_NETWORK, 0.0)
    found = Solves(base, runner).left(to_come)
    left = Solves(base, runner).found(found)
    if left is None:
        return found
    most = None if within is None else left.first + within.units(left.first + base.ends[0].constant)
    solves = Solves(base, runner, most)
    right = None if runner.over else solves.right(left, max(1, to_come - 1))
    search = FrontSearch(left, right or left, solves.steps, max_points)
    if right is not None:
        search.run(solves.ask, AT_ONCE, lambda: runner.over)
    return _Searched(undominated(search.points), search.boxes, right is not None and left.proven and right.proven)


@dataclass(frozen=True)
class _Told:
    """Makes a front of what was found."""

    ends: tuple[Axis, Axis]
    base: Ground
    seed: int
    number: int

    def __call__(self, found: _Searched) -> Front:
        points = tuple(self._point(k, one) for k, one in enumerate(found.points, 1))
        stretches = tuple(Stretch(self._values(box.left), self._values(box.right)) for box in found.boxes)
        complete = found.ended and not stretches and all(point.proven for point in points)
        return replace(_without(self.ends, "unknown", self.base), points=points, open=stretches,
                       status="optimal" if complete else "feasible")

    @cached_property
    def _auditor(self) -> Auditor:
        return Auditor(self.base.problem.instance, self.base.problem.policy)

    def _values(self, found: Found) -> Values:
        first, second = (end.shown(goal.sense * (cost + goal.constant)) for end, goal, cost in
                         zip(self.ends, self.base.ends, found[:2], strict=True))
        return first, second

    def _point(self, number: int, found: Found) -> FrontPoint:
        """Return the plan of a point after the audit; it states no goals, since they are not the policy's own."""
        problem, name = self.base.problem, front_id(self.number, number)
        plan, judgement = judged(name, problem, found.x, self.seed, auditor=self._auditor)
        costs = zip(self.base.ends, found[:2], strict=True)
        counted = tuple(goal.sense * (cost + goal.constant) for goal, cost in costs)
        if counted != tuple(goal.value for goal in judgement.goals[:2]):
            lines = [GoalLine(goal.goal, value, value, value, 0.0) for goal, value in
                     zip(judgement.goals, (*counted, *(g.value for g in judgement.goals[2:])), strict=True)]
            stated = replace(plan, goals=tuple(lines))
            raise AuditFailedError(name, self._auditor.audit(stated))
        return FrontPoint(plan, self._values(found), found.proven)
