"""Scenarios solved and held against the base, side by side."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.executors import Executor, Stop, StoppedError, Task, in_process
from matching.executors.executor import asks
from matching.explain.conflicts.conflict import Diagnosis
from matching.policy.model import Policy
from matching.problem import compile
from matching.scenarios.whatif.chain import Shared, solved_point
from matching.scenarios.whatif.clashes import Diagnosing, Kept, OnKept
from matching.scenarios.whatif.floor import with_floor
from matching.scenarios.whatif.made import Job, Made, all_made, jobs_of, made_of
from matching.scenarios.whatif.point import Point, bare, point_from_dict
from matching.scenarios.whatif.scenario import Scenario
from matching.scenarios.whatif.solving import Clock, cold
from matching.scenarios.whatif.steps import Step, step


@dataclass(frozen=True)
class Outcome:
    """A scenario under one seed: what was changed, in sentences, and the plan that is best then, or what clashes."""

    scenario: Scenario
    told: tuple[Text, ...]
    instance: Instance
    policy: Policy
    point: Point
    diagnosis: Diagnosis | None = None


@dataclass(frozen=True)
class Compared:
    """The base, and every scenario under every seed beside it."""

    outcomes: tuple[Outcome, ...]
    stopped: bool = False

    @property
    def base(self) -> Outcome:
        """The input and the policy as they are."""
        return self.outcomes[0]

    def against_base(self, outcome: Outcome) -> Step | None:
        """Return what a scenario costs beside the base."""
        return step(self.base.point, outcome.point)

    def moved(self, outcome: Outcome) -> int | None:
        """Return how many of the base's teachers with a post have another one, or none; None without a plan."""
        if self.base.point.metrics is None or outcome.point.metrics is None:
            return None
        now = set(outcome.point.placements)
        return sum(pair not in now for pair in self.base.point.placements)

    def to_dict(self) -> list[dict[str, Any]]:
        """Return what ``whatif --json`` says of the scenarios, the base first."""
        return [self._told(outcome) for outcome in self.outcomes]

    def _told(self, outcome: Outcome) -> dict[str, Any]:
        beside = self.against_base(outcome)
        left_out = ("placements", "set", "exact", "until", "by")
        told = {k: v for k, v in outcome.point.to_dict().items() if k not in left_out}
        return {"id": outcome.scenario.id, "title": outcome.scenario.title._asdict(), **told,
                "changes": [sentence._asdict() for sentence in outcome.told],
                "against_base": None if beside is None else beside.to_dict(), "moved": self.moved(outcome),
                **(outcome.diagnosis.to_dict() if outcome.diagnosis else {})}


class Setting(NamedTuple):
    """What every worker needs."""

    instance: Instance
    policy: Policy
    workers: int
    deadline: float | None


def compare(instance: Instance, policy: Policy, scenarios: Sequence[Scenario], *, seeds: Sequence[int] = (0,),
            floor: int | None = None, executor: Executor | None = None, time_limit: float | None = None,
            workers: int = 2, stop: Stop | None = None, known: Kept | None = None, on_point: OnKept | None = None,
            diagnose: bool = False, made: Sequence[Made] | None = None) -> Compared:
    """Solve the base and every scenario under every seed, each to proof and audited; see `whatif` for what is given.

    Parameters
    ----------
    made : what `look` made of the same

    Raises
    ------
    InputError
        With every finding: a value that the policy cannot take, a change that speaks of nobody.
    AuditFailedError
        Where a plan does not pass the audit.
    """
    held = with_floor(policy, floor, instance)
    deadline = None if time_limit is None else time.time() + time_limit
    setting = Setting(instance, held, workers, deadline)
    jobs = jobs_of(scenarios, seeds)
    made = made or all_made(instance, held, jobs)
    found: dict[str, Point] = {k: point_from_dict(known[k]) for k in map(_key, jobs) if known and k in known}

    def done(number: int, point: Point) -> None:
        found[point.key] = point
        if point.final and on_point is not None:
            on_point(point.key, point.to_dict())

    left = [job for job in jobs if _key(job) not in found]
    stopped = _run(left, setting, executor, stop, done)
    points = [found.get(_key(job)) or _blank(job, "unknown") for job in jobs]
    outcomes = [Outcome(job[0], told, data, rules, point) for job, (data, rules, told), point
                in zip(jobs, made, points, strict=True)]
    if stopped or not diagnose:
        return Compared(tuple(outcomes), stopped)
    search = Diagnosing(Clock(deadline), stop, known, on_point)
    return Compared(tuple(_diagnosed(outcomes, search)), asks(stop))


def _diagnosed(outcomes: Sequence[Outcome], search: Diagnosing) -> Iterator[Outcome]:
    """Yield the outcomes, those without a plan with what clashes, as far as the user lets it."""
    for outcome in outcomes:
        found = None
        if outcome.point.status == "infeasible" and not asks(search.stop):
            with suppress(StoppedError):
                found = search.of(outcome.point.key, outcome.instance, outcome.policy)
        yield replace(outcome, diagnosis=found)



def _run(jobs: Sequence[Job], setting: Setting, executor: Executor | None, stop: Stop | None, done: Any) -> bool:
    opened = partial(open_scenarios, stop=stop) if executor is None else open_scenarios
    try:
        (executor or in_process()).run(Task(opened, setting), jobs, stop=stop, on_done=done)
    except StoppedError:
        return True
    return False


@contextmanager
def open_scenarios(setting: Setting, stop: Stop | None = None) -> Iterator[Any]:
    """Open what a worker needs for scenarios; the task of an executor."""
    yield partial(_solve, setting, stop)


def _solve(setting: Setting, stop: Stop | None, job: Job) -> Point:
    scenario, seed = job
    instance, policy, _ = made_of(setting.instance, setting.policy, scenario, seed)
    clock = Clock(setting.deadline)
    if clock.over:
        return _blank(job, "unknown")
    problem = compile(instance, policy)
    solution = cold(problem.program, seed, setting.workers, clock.left, stop)
    if solution.stopped == "user":
        raise StoppedError({})
    return solved_point(Shared(instance, policy, (), {}, setting.workers, None), problem, solution, (), seed,
                        _blank(job, solution.status))


def _key(job: Job) -> str:
    return f"seed={job[1]} scenario={job[0].id}"


def _blank(job: Job, status: Any) -> Point:
    point = bare((), (), job[1], status)
    return Point(_key(job), {}, {}, point.seed, status, by=_key(job))
