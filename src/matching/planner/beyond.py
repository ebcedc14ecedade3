"""Problems with more eligible pairs than one program can hold: planned over some of them, bounded over all."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np

from matching.domain.instance import Instance
from matching.domain.machine import free_memory
from matching.domain.plan import Status
from matching.domain.text import Text
from matching.engines import Stop
from matching.engines.settings import Settings
from matching.engines.solve import asker
from matching.engines.wide_solve import WideSolution, WideSolve
from matching.planner.axes import axis
from matching.planner.clock import Clock
from matching.planner.plans import audited
from matching.planner.result import Result
from matching.planner.settle import settled
from matching.policy.model import Policy
from matching.policy.variants import MAIN, alternative_id
from matching.problem import Problem
from matching.problem.problem import Listed, listed
from matching.problem.wide import Wide, wide
from matching.scoring import Candidate, rank, score

ENGINE = "highs"
MANY = 4_000_000
"""From so many eligible pairs on, a program of them all would take the engine hours, where it fits at all."""
BYTES = 1_000
"""What an eligible pair takes at the least while it is compiled and solved."""


def listed_if_many(instance: Instance, policy: Policy, engine: str) -> Listed | None:
    """Return the eligible pairs where they may be too many for one program; None where not, or for another engine.

    Raises
    ------
    InputError
        Where a rule has no meaning for the instance, or not even the pairs alone fit in memory.
    """
    may_be_many = len(instance.teachers) * len(instance.needs) >= _most()
    return listed(instance, policy) if engine == ENGINE and may_be_many else None


def beyond(instance: Instance, policy: Policy, pairs: Listed) -> Wide | None:
    """Return the pairs with all that is known of them where they are too many for one program; None where not."""
    return wide(instance, policy, pairs) if len(pairs.arcs) >= _most() else None


def _most() -> int:
    room = free_memory()
    return MANY if room is None else min(MANY, room // BYTES)


def solve_beyond(whole: Wide, seed: int, workers: int, clock: Clock, stop: Stop | None = None) -> Result:
    """Find a plan by clusters, and its gap to the bounds over all pairs; audit it.

    Variants, alternatives and fronts are left undone, and that is said.
    """
    instance, policy = whole.fields.instance, whole.fields.policy
    with clock.phase("solve"):
        found = solved(whole, Settings(seed, workers, _deadline(clock)), stop)
    solution, unfinished = found.solution, dict.fromkeys(_left_undone(policy), _UNKNOWN)
    if found.problem is None:
        return Result(instance, policy, solution.status, None, seed, ENGINE, unfinished, stopped=solution.stopped,
                      message=solution.message, seconds=clock.seconds)
    with clock.phase("audit"):
        passed = audited(MAIN, found.problem, settled(found.problem, solution), seed, _told(whole, found))
    with clock.phase("rank"):
        ranking = rank(policy, [Candidate(passed.plan, MAIN, score(instance, policy, passed.plan))],
                       tuple(_without_fronts(policy)))
    return Result(instance, policy, solution.status, ranking, seed, ENGINE, unfinished, stopped=solution.stopped,
                  message=solution.message, lines={MAIN: passed.lines}, seconds=clock.seconds)


_UNKNOWN: Status = "unknown"


def _left_undone(policy: Policy) -> Iterator[str]:
    yield from (variant.id for variant in policy.variants)
    yield from (alternative_id(number) for number in range(1, policy.alternatives + 1))


def _without_fronts(policy: Policy) -> Iterator[Text]:
    for asked in policy.fronts:
        first, second = (axis(policy, name).title for name in asked.of)
        yield Text(f"取舍（{first.zh} 与 {second.zh}）没有求：合格的配对太多，只求一个方案。"
                   "可以把数据按地区分开，逐个来求。",
                   f"The trade-off of {first.en} and {second.en} was not looked for: with so many eligible pairs only "
                   "one plan is sought. Part the data by region, and ask for each by itself.")


def solved(whole: Wide, settings: Settings, stop: Stop | None = None) -> WideSolution:
    """Return the best plan that was found, over some of the pairs, and its bounds over all."""
    return WideSolve(whole, whole.clusters(), whole.companies(), settings, stop=asker(stop)).solve()


def _told(whole: Wide, found: WideSolution) -> Problem:
    """Return a problem in which all is known of those without a post."""
    assert found.problem is not None
    assert found.solution.x is not None
    arcs = found.problem.arcs
    chosen = np.flatnonzero(found.solution.x[:len(arcs)])
    return whole.told(arcs.teacher[chosen], arcs.need[chosen])


def _deadline(clock: Clock) -> float:
    return math.inf if clock.left is None else time.monotonic() + clock.left
