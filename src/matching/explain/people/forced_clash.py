"""Which rules cannot all hold with a teacher forced onto a post."""

from __future__ import annotations

from dataclasses import replace

from matching.explain.conflicts.proof import Shrinking
from matching.explain.core import core
from matching.explain.patience import Patience
from matching.problem import Problem, RowLabel

SECONDS = 10.0
"""For all proofs together; a rule for which none is had in time is taken to be needed."""


def clashing(problem: Problem, teacher: str, need: str) -> tuple[RowLabel, ...]:
    """Return hard rules, by id and group, that cannot all hold with an eligible pair in the plan; any fewer could."""
    lower = problem.program.lower.copy()
    lower[problem.columns([(teacher, need)])] = 1
    order = {rule.id: at for at, rule in enumerate(problem.policy.rules) if rule.enforce == "hard"}
    labels = sorted((label for label in dict.fromkeys(problem.program.labels) if label.rule in order),
                    key=lambda label: order[label.rule])
    forced = replace(problem.program, lower=lower)
    return core(labels, Shrinking(forced, Patience.of(SECONDS)), lambda label: label.rule)
