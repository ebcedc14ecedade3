"""The changed problem, and what each of its goals may lose while few are moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from matching.domain.findings import InputError
from matching.planner.apart import capped
from matching.policy.model import Slack
from matching.problem import Problem
from matching.problem.program import Int64, Objective, Program
from matching.scenarios.replan.changes import Before
from matching.scenarios.replan.faults import unknown_loss

MOVES, LOSS = "moves", "loss"
Loss = Mapping[str, Slack]


@dataclass(frozen=True)
class Target:
    """A changed problem beside the plan that is in force.

    Attributes
    ----------
    kept : the columns of the plan's pairs that are still possible, but for those of teachers who withdraw
    placed : how many placements there are to keep, possible or not
    losses : what each goal may lose of its best; None for the one that may lose anything
    """

    problem: Problem
    kept: Int64
    placed: int
    losses: tuple[Slack | None, ...]

    @property
    def goals(self) -> tuple[Objective, ...]:
        """The goals, without slack: what they may lose is held by itself."""
        return tuple(replace(o, slack_amount=Fraction(0)) for o in self.problem.program.objectives)

    @property
    def exact(self) -> int:
        """How many goals come before the first that may lose anything."""
        return next((k for k, loss in enumerate(self.losses) if loss is None or loss.amount), len(self.losses))

    @property
    def limited(self) -> bool:
        """Whether a goal after those may lose so much and no more, which asks for its best."""
        return any(loss is not None for loss in self.losses[self.exact:])

    @property
    def moves(self) -> Objective:
        """The goal that counts the placements given up."""
        cost = np.zeros(self.problem.program.n_columns, np.int64)
        cost[self.kept] = -1
        return Objective(MOVES, cost, 1, self.placed)

    def program(self, best: Sequence[int] | None = None) -> Program:
        """Return the program of least moves, its goals those held exactly, the moves, and the rest.

        Parameters
        ----------
        best : values (minimised, constants included) of all goals at best, where `limited`
        """
        goals, at = self.goals, self.exact
        program = replace(self.problem.program, objectives=(*goals[:at], self.moves, *goals[at:]))
        held = [(goal, value + loss.units(value) - goal.constant)
                for goal, value, loss in zip(goals[at:], (best or ())[at:], self.losses[at:], strict=False)
                if loss is not None]
        return capped(program, LOSS, held) if held else program


def target(before: Before, problem: Problem, withdrawn: Sequence[str], loss: Loss | None) -> Target:
    """Return the changed `problem` beside the plan that was in force.

    Raises
    ------
    InputError
        Where a loss is stated for a goal that there is not.
    """
    gone, instance = frozenset(withdrawn), problem.instance
    pairs = [(p.teacher, p.need) for p in before.plan.placements if p.teacher not in gone]
    columns = problem.columns([(t, n) for t, n in pairs if t in instance.teacher and n in instance.need])
    return Target(problem, np.unique(columns[columns >= 0]), len(pairs), _losses(problem, loss or {}))


def _losses(problem: Problem, loss: Loss) -> tuple[Slack | None, ...]:
    goals = problem.program.objectives
    names = tuple(dict.fromkeys(goal.name for goal in goals))
    wrong = [unknown_loss(name, names) for name in loss if name not in names]
    if wrong:
        raise InputError(wrong)
    own = [Slack(goal.slack_amount, goal.slack_percent) for goal in goals[:-1]]
    return tuple(loss.get(goal.name, at) for goal, at in zip(goals, (*own, None), strict=True))
