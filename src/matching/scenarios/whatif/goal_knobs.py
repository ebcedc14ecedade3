"""What can be varied of a goal: ``goal.fill.slack``, ``goal.fill.weights.1``, ``goal.3.points.km``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from matching.domain.findings import InputError, error
from matching.policy import goals as policy_goals
from matching.policy import values
from matching.policy.faults import FaultError
from matching.policy.model import Goal, Policy, Slack
from matching.scenarios.whatif.values import Value, shown

HEAD = "goal."
PRIORITIES = 5


def names(policy: Policy) -> tuple[str, ...]:
    """Return every name of something of a goal that can be varied."""
    return tuple(f"{HEAD}{called}.{part}" for called, goal in _called(policy) for part in _parts(goal))


def put(policy: Policy, name: str, value: Value) -> Policy:
    """Return the policy with that value in one goal.

    Raises
    ------
    InputError
        Where the goal's part cannot take the value.
    """
    at, part = _find(policy, name)
    try:
        goal = _with(policy.goals[at], part, value)
    except FaultError as refused:
        raise InputError(error(f.code, f"{name}：{f.text.zh}", f"{name}: {f.text.en}", column=name, value=shown(value),
                               suggest=f.suggest) for f in refused.faults) from None
    return replace(policy, goals=(*policy.goals[:at], goal, *policy.goals[at + 1:]))


def own(policy: Policy, name: str) -> Value | None:
    """Return what the policy says there; None where it is no single number."""
    at, part = _find(policy, name)
    goal = policy.goals[at]
    if part == "slack":
        return f"{shown(goal.slack.amount)}%" if goal.slack.percent else goal.slack.amount
    kind, _, key = part.partition(".")
    found = goal.weights[int(key) - 1] if kind == "weights" else (goal.points or {}).get(key, 0)
    return Fraction(found) if isinstance(found, int) else None


def _called(policy: Policy) -> Iterator[tuple[str, Goal]]:
    """Yield every name of every goal: its number, and its kind where it is the first of that kind."""
    seen: set[str] = set()
    for number, goal in enumerate(policy.goals, 1):
        if goal.kind not in seen:
            yield goal.kind, goal
        seen.add(goal.kind)
        yield str(number), goal


def _parts(goal: Goal) -> Iterator[str]:
    yield "slack"
    if goal.kind == "fill" and all(isinstance(w, int) for w in goal.weights):
        yield from (f"weights.{k}" for k in range(1, PRIORITIES + 1))
    if goal.points is not None:
        yield from (f"points.{key}" for key in goal.points if key != "preference")


def _find(policy: Policy, name: str) -> tuple[int, str]:
    called, _, part = name.removeprefix(HEAD).partition(".")
    goal = dict(_called(policy))[called]
    return next(at for at, one in enumerate(policy.goals) if one is goal), part


def _with(goal: Goal, part: str, value: Value) -> Goal:
    kind, _, key = part.partition(".")
    return _SETTERS[kind](goal, key, value)


def _slack(goal: Goal, _: str, value: Value) -> Goal:
    given: Slack = values.slack(value)
    return replace(goal, slack=given)


def _weight(goal: Goal, key: str, value: Value) -> Goal:
    weights: list[Any] = list(goal.weights)
    weights[int(key) - 1] = values.count(value)
    return replace(goal, weights=tuple(weights))


def _points(goal: Goal, key: str, value: Value) -> Goal:
    return replace(goal, points={**(goal.points or {}), key: policy_goals.point_value(key, value)})


_SETTERS: dict[str, Callable[[Goal, str, Value], Goal]] = {"slack": _slack, "weights": _weight, "points": _points}
