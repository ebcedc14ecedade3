"""Which rules cannot all hold, and the least by which they would have to give way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

from matching.engines import Stop
from matching.engines.solve import asker
from matching.explain.conflicts.apart import conflicts_apart
from matching.explain.conflicts.bend import Bending
from matching.explain.conflicts.model import (
    EVERY_GROUP,
    Change,
    Conflict,
    Diagnosis,
    Recruits,
    Relaxation,
    diagnosis_from_dict,
)
from matching.explain.conflicts.number import least_number
from matching.explain.conflicts.reach import least_reach, limits
from matching.explain.conflicts.search import SECONDS, Conflicts, conflicts
from matching.explain.conflicts.teachers import more_teachers
from matching.explain.patience import Patience
from matching.policy.model import Balance, Quota, Require
from matching.problem import Problem

__all__ = ["EVERY_GROUP", "Change", "Conflict", "Diagnosis", "Recruits", "Relaxation", "diagnose",
           "diagnosis_from_dict"]

SECONDS_OF_OTHERS = 60.0
"""For all ways out but the least and more teachers."""


def diagnose(problem: Problem, *, time_limit: float | None = None, stop: Stop | None = None,
             in_process: bool = False) -> Diagnosis:
    """Name the rules that clash in an infeasible problem, and changes to choose from with which they hold.

    Parameters
    ----------
    time_limit : seconds in all; None for as long as the parts may take by themselves
    stop : ends it when set; what was found by then is kept
    in_process : search for conflicts in this process instead of one of their own, beside the relaxations; for tests
    """
    ended, asked_to = Event(), asker(stop)
    patience = Patience.of(time_limit, lambda: ended.is_set() or asked_to())
    if patience.over:
        return Diagnosis((), (), complete=False, all_tried=False)
    search = conflicts if in_process else conflicts_apart
    with ThreadPoolExecutor(1) as apart, ExitStack() as stack:
        stack.callback(ended.set)  # so that nobody waits for a search whose answer is not asked for any more
        bending = stack.enter_context(Bending(problem, patience))
        asked = apart.submit(search, problem.instance, problem.policy, patience.within(SECONDS))
        least = bending.least()
        more = None if patience.over else more_teachers(problem, patience)
        found = asked.result()
        others = patience.within(SECONDS_OF_OTHERS)
        offered = _different([*_some(least), *_others(problem, bending, found, others), *_some(more)])
        unsure = patience.unsure or others.unsure or others.over
    return Diagnosis(found.found, offered, found.complete or _apart_from(found, least), not unsure)


def _others(problem: Problem, bending: Bending, found: Conflicts, patience: Patience) -> Iterator[Relaxation]:
    """Yield what else could change so that all other rules hold: what has its part in every conflict."""
    policy = problem.policy
    named = _in_all(found, [rule.id for rule in policy.rules])
    for rule_id in (name for name in named if name in bending.rules):
        if patience.over:
            return
        alone, rule = bending.least([rule_id], patience), policy.rule(rule_id)
        if alone is None:
            continue
        yield alone
        if isinstance(rule, Quota | Balance) and not patience.over:
            yield from _some(least_number(problem, rule, alone, patience))
    for rule in (policy.rule(name) for name in named):
        for limit in limits(rule) if isinstance(rule, Require) else ():
            if not patience.over:
                yield from _some(least_reach(problem, limit, patience))


def _some(one: Relaxation | None) -> Iterator[Relaxation]:
    if one is not None:
        yield one


def _different(offered: Iterable[Relaxation]) -> tuple[Relaxation, ...]:
    """Return what is offered without what says the same as one before."""
    seen: dict[object, Relaxation] = {}
    for one in offered:
        seen.setdefault((frozenset(one.changes), one.recruits), one)
    return tuple(seen.values())


def _apart_from(found: Conflicts, least: Relaxation | None) -> bool:
    """Tell whether the plan with the least relaxation shows that all hold but the bounds that are named."""
    named = {label for conflict in found.found for label in conflict.rules}
    return least is not None and {(change.rule, change.group) for change in least.changes} <= named


def _in_all(found: Conflicts, rules: Sequence[str]) -> list[str]:
    named = [{label.rule for label in conflict.rules} for conflict in found.found]
    return [rule for rule in rules if all(rule in some for some in named)]
