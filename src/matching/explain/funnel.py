"""Why no one, or nowhere: what each rule in turn leaves of the candidates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.problem.classes import Index
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs
from matching.problem.fields import Fields
from matching.problem.problem import Problem, hard_requires


class Step(NamedTuple):
    """One rule of a funnel and how many candidates it leaves."""

    rule: str
    left: int


def posts_left(problem: Problem, teacher: int) -> tuple[Step, ...]:
    """Return, rule by rule in the policy's order, how many posts are left to the teacher at that position."""
    needs: Index = np.arange(len(problem.instance.needs))
    return _funnel(problem, Pairs(np.full(len(needs), teacher), needs))


def candidates_left(problem: Problem | Fields, need: int) -> tuple[Step, ...]:
    """Return, rule by rule in the policy's order, how many teachers are left to the need at that position."""
    teachers: Index = np.arange(len(problem.instance.teachers))
    return _funnel(problem, Pairs(teachers, np.full(len(teachers), need)))


def screened(problem: Problem, teachers: Index, needs: Index) -> tuple[Step, ...]:
    """Return, rule by rule in the policy's order, how many of the pairs (teacher, need) are left."""
    return _funnel(problem, Pairs(teachers, needs))


def _funnel(problem: Problem | Fields, pairs: Pairs) -> tuple[Step, ...]:
    steps, fields = [], problem if isinstance(problem, Fields) else problem.fields
    for rule in hard_requires(problem.policy):
        if len(pairs.teacher):
            keep = allowed(rule, fields, pairs)
            pairs = Pairs(pairs.teacher[keep], pairs.need[keep])
        steps.append(Step(rule.id, len(pairs.teacher)))
    return tuple(steps)


def last_refusal(steps: tuple[Step, ...]) -> int | None:
    """Return the position of the rule that refused the last candidates; None where some are left."""
    return next((k for k, step in enumerate(steps) if step.left == 0), None)
