"""Which rules cannot all hold, and the least by which they would have to give way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from matching.explain.conflict_apart import conflicts_apart
from matching.explain.conflict_bend import Bending, each_alone
from matching.explain.conflict_model import EVERY_GROUP, Change, Conflict, Diagnosis, Recruits, Relaxation
from matching.explain.conflict_search import Conflicts, conflicts
from matching.problem import Problem

__all__ = ["EVERY_GROUP", "Change", "Conflict", "Diagnosis", "Recruits", "Relaxation", "diagnose"]


def diagnose(problem: Problem, *, in_process: bool = False) -> Diagnosis:
    """Name the rules that clash in an infeasible problem, and changes to choose from with which they hold.

    Parameters
    ----------
    in_process : search for conflicts in this process instead of one of their own, beside the relaxations; for tests
    """
    with ThreadPoolExecutor(1) as apart, Bending(problem) as bending:
        asked = apart.submit(conflicts if in_process else conflicts_apart, problem.instance, problem.policy)
        least = bending.least()
        found = asked.result()
        offered = () if least is None else (least, *_others(bending, found, least))
    return Diagnosis(found.found, offered, found.complete)


def _others(bending: Bending, found: Conflicts, least: Relaxation) -> Iterator[Relaxation]:
    """Yield what else could change: one rule that has its part in every conflict."""
    for one in each_alone(bending, _in_all(found, bending.rules)):
        if set(one.changes) != set(least.changes):
            yield one


def _in_all(found: Conflicts, rules: tuple[str, ...]) -> list[str]:
    named = [{label.rule for label in conflict.rules} for conflict in found.found]
    return [rule for rule in rules if all(rule in some for some in named)]
