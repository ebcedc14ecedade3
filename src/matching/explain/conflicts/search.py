"""Every conflict among the rules of a problem, one that shares no bound with those before after another."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.instance import Instance
from matching.explain.conflicts.eligible import Eligibility
from matching.explain.conflicts.model import Conflict
from matching.explain.conflicts.program import strict, unmet
from matching.explain.conflicts.proof import Prover, Shrinking
from matching.explain.core import rough_core
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.problem.program import RowLabel

MOST_CONFLICTS = 10
SECONDS = 120.0
"""For all conflicts together."""


@dataclass(frozen=True)
class Conflicts:
    """Conflicts that share no bound; `complete` where without the bounds they name all others can hold."""

    found: tuple[Conflict, ...]
    complete: bool


def conflicts(instance: Instance, policy: Policy, seconds: float = SECONDS) -> Conflicts:
    """Name the rules that clash, and those that clash apart from them, and so on until the others can hold.

    Parameters
    ----------
    seconds : when they have passed, what is proven by then is returned
    """
    problem = compile(instance, strict(policy))
    prover = Prover(time.monotonic() + seconds)
    left = list(_labels(problem))
    eligibility = Eligibility(problem, prover)
    found: list[Conflict] = []
    unmet_alone = _unmet(problem)
    alone = [label for label in left if label in unmet_alone]
    while len(found) < MOST_CONFLICTS and not prover.late:
        rows = tuple(alone[:1]) or _rows(problem, left, prover)
        if not rows:
            return Conflicts(tuple(found), not prover.unsure)
        unsure = prover.unsure
        clash = eligibility.least_clash(rows, [k for conflict in found for k in conflict.rules])
        found.append(Conflict(clash.rules, clash.proven and prover.unsure == unsure and not prover.late))
        left, alone = ([k for k in labels if k not in clash.rules] for labels in (left, alone))
    return Conflicts(tuple(found), False)


def _labels(problem: Problem) -> Sequence[RowLabel]:
    """Return every hard rule in every group that it has a row for, in the policy's order."""
    order = {rule.id: at for at, rule in enumerate(problem.policy.rules) if rule.enforce == "hard"}
    named = (label for label in dict.fromkeys(problem.program.labels) if label.rule in order)
    return sorted(named, key=lambda label: order[label.rule])


def _unmet(problem: Problem) -> Collection[RowLabel]:
    return {problem.program.labels[row] for row in np.flatnonzero(unmet(problem.program)).tolist()}


def _rows(problem: Problem, labels: Sequence[RowLabel], prover: Prover) -> tuple[RowLabel, ...]:
    return rough_core(labels, Shrinking(problem.program, prover), lambda label: label.rule)

