"""What a further plan loses of each goal beside the main plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matching.domain.plan import Plan
from matching.policy.model import Policy

MAXIMISED = ("fill", "fair")


class GoalLoss(NamedTuple):
    """By how much the main plan is better in a goal: negative where it is worse."""

    goal: str
    value: int


def losses(policy: Policy, main: Plan, plan: Plan) -> tuple[GoalLoss, ...]:
    """Return what `plan` loses of each goal beside `main`; nothing where it was not made by the same goals."""
    names = [line.goal for line in plan.goals]
    if names != [line.goal for line in main.goals]:
        return ()
    lines = zip(main.goals, plan.goals, _maximised(policy, names), strict=True)
    return tuple(GoalLoss(new.goal, old.value - new.value if up else new.value - old.value) for old, new, up in lines)


def _maximised(policy: Policy, names: list[str]) -> Iterator[bool]:
    """Yield whether more is better; behind a fair goal with leximin stand counts of groups that fall short."""
    leximin = any(goal.leximin for goal in policy.goals)
    for at, name in enumerate(names):
        yield name in MAXIMISED and not (leximin and at and name == names[at - 1] == "fair")
