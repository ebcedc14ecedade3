"""Which rules cannot all hold, and the least by which they would have to give way."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from matching.explain.conflicts.apart import conflicts_apart
from matching.explain.conflicts.bend import Bending
from matching.explain.conflicts.model import EVERY_GROUP, Change, Conflict, Diagnosis, Recruits, Relaxation
from matching.explain.conflicts.number import least_number
from matching.explain.conflicts.reach import least_reach, limits
from matching.explain.conflicts.search import Conflicts, conflicts
from matching.explain.conflicts.teachers import more_teachers
from matching.policy.model import Balance, Quota, Require
from matching.problem import Problem

__all__ = ["EVERY_GROUP", "Change", "Conflict", "Diagnosis", "Recruits", "Relaxation", "diagnose"]


SECONDS = 60.0
"""After so long no further way out is begun."""


def diagnose(problem: Problem, *, in_process: bool = False) -> Diagnosis:
    """Name the rules that clash in an infeasible problem, and changes to choose from with which they hold.

    Parameters
    ----------
    in_process : search for conflicts in this process instead of one of their own, beside the relaxations; for tests
    """
    with ThreadPoolExecutor(1) as apart, Bending(problem) as bending:
        asked = apart.submit(conflicts if in_process else conflicts_apart, problem.instance, problem.policy)
        beside = (bending.least(), more_teachers(problem))
        found = asked.result()
        least, more = ((one,) if one is not None else () for one in beside)
        return Diagnosis(found.found, _different((*least, *_others(bending, found), *more)), found.complete)


def _others(bending: Bending, found: Conflicts) -> Iterator[Relaxation]:
    """Yield what else could change so that all other rules hold: what has its part in every conflict."""
    problem, policy = bending.problem, bending.problem.policy
    deadline = time.monotonic() + SECONDS
    named = _in_all(found, [rule.id for rule in policy.rules])
    for rule_id in (name for name in named if name in bending.rules):
        if time.monotonic() > deadline:
            return
        alone, rule = bending.least([rule_id]), policy.rule(rule_id)
        if alone is None:
            continue
        yield alone
        number = least_number(problem, rule, alone) if isinstance(rule, Quota | Balance) else None
        if number is not None:
            yield number
    for rule in (policy.rule(name) for name in named):
        for limit in limits(rule) if isinstance(rule, Require) and time.monotonic() < deadline else ():
            reach = least_reach(problem, limit)
            if reach is not None:
                yield reach


def _different(offered: Iterable[Relaxation]) -> tuple[Relaxation, ...]:
    """Return what is offered without what says the same as one before."""
    seen: dict[object, Relaxation] = {}
    for one in offered:
        seen.setdefault((frozenset(one.changes), one.recruits), one)
    return tuple(seen.values())


def _in_all(found: Conflicts, rules: Sequence[str]) -> list[str]:
    named = [{label.rule for label in conflict.rules} for conflict in found.found]
    return [rule for rule in rules if all(rule in some for some in named)]
