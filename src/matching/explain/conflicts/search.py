"""Every conflict among the rules of a problem, one that shares no bound with those before after another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.instance import Instance
from matching.explain.conflicts.eligible import Eligibility
from matching.explain.conflicts.model import Conflict
from matching.explain.conflicts.program import strict, unmet
from matching.explain.conflicts.proof import Shrinking
from matching.explain.core import rough_core
from matching.explain.patience import Patience
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.problem.program import RowLabel

MOST_CONFLICTS = 10
SECONDS = 120.0
"""For all conflicts together."""


@dataclass(frozen=True)
class Conflicts:
    """Conflicts that share no bound; `complete` where without the bounds they name all others can hold."""

    found: tuple[Conflict, ...] = ()
    complete: bool = False


def conflicts(instance: Instance, policy: Policy, patience: Patience) -> Conflicts:
    """Name the rules that clash, and those that clash apart from them, and so on until the others can hold.

    Parameters
    ----------
    patience : when it is over, what is proven by then is returned
    """
    return [Conflicts(), *further(instance, policy, patience)][-1]


def further(instance: Instance, policy: Policy, patience: Patience) -> Iterator[Conflicts]:
    """Yield what `conflicts` knows, whenever it knows more; a conflict first with more rules than it takes."""
    problem = compile(instance, strict(policy))
    left = list(_labels(problem))
    eligibility = Eligibility(problem, patience)
    found: list[Conflict] = []
    unmet_alone = _unmet(problem)
    alone = [label for label in left if label in unmet_alone]
    while len(found) < MOST_CONFLICTS and not patience.over:
        rows = tuple(alone[:1]) or _rows(problem, left, patience)
        if not rows:
            yield Conflicts(tuple(found), not patience.unsure and not patience.over)
            return
        yield Conflicts((*found, Conflict(*eligibility.clash_of(rows))))
        unsure = patience.unsure
        clash = eligibility.least_clash(rows, [k for conflict in found for k in conflict.rules])
        found.append(Conflict(clash.rules, clash.proven and patience.unsure == unsure and not patience.over))
        yield Conflicts(tuple(found))
        left, alone = ([k for k in labels if k not in clash.rules] for labels in (left, alone))


def _labels(problem: Problem) -> Sequence[RowLabel]:
    """Return every hard rule in every group that it has a row for, in the policy's order."""
    order = {rule.id: at for at, rule in enumerate(problem.policy.rules) if rule.enforce == "hard"}
    named = (label for label in dict.fromkeys(problem.program.labels) if label.rule in order)
    return sorted(named, key=lambda label: order[label.rule])


def _unmet(problem: Problem) -> Collection[RowLabel]:
    return {problem.program.labels[row] for row in np.flatnonzero(unmet(problem.program)).tolist()}


def _rows(problem: Problem, labels: Sequence[RowLabel], patience: Patience) -> tuple[RowLabel, ...]:
    return rough_core(labels, Shrinking(problem.program, patience), lambda label: label.rule)
