"""What the two ends of a front are: goals of the policy, criteria that add up over placements, an elastic rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matching.domain.findings import InputError, error
from matching.domain.text import Text
from matching.policy.faults import FaultError
from matching.policy.fronts import criterion_key
from matching.policy.goal_words import GOAL_TITLES
from matching.policy.model import Goal, Policy, Slack
from matching.policy.words import POINTS
from matching.problem.fair import WHOLE
from matching.problem.goals import ordered_goals

GAINS = ("promotion_need", "home_county_match", "score")
"""Those of the points table of which more is better."""
Named = str | Mapping[str, int | tuple[int, ...]] | Goal
"""A criterion's name, a points table, or a goal."""


@dataclass(frozen=True)
class Axis:
    """One end of a front.

    Attributes
    ----------
    goal : what is optimised, without slack
    up : whether more is better
    factor : by what the goal's value is multiplied to be the criterion's
    """

    name: str
    title: Text
    goal: Goal
    up: bool = False
    factor: Fraction = Fraction(1)

    def shown(self, value: int) -> Fraction:
        """Return the criterion's value from the goal's."""
        return self.factor * value


_POINTS = Text("安置积分", "Placement points")
_EACH_SEAT = Goal("fill", weights=(1, 1, 1, 1, 1))
_CRITERIA: Mapping[str, Axis] = {axis.name: axis for axis in (
    Axis("placed", Text("安置人数", "Seats filled"), _EACH_SEAT, up=True),
    Axis("km", Text("总公里", "Kilometres in all"), Goal("points", points={"km": 10}), factor=Fraction(1, 10)),
    Axis("yuan", Text("补助总额（元）", "Subsidies in all (yuan)"), Goal("points", points={"yuan": 1000})),
    Axis("preference", Text("意向满足（第一、第二、第三意向各计 3、2、1）",
                            "Wishes met (3, 2, 1 for a first, second, third)"),
         Goal("points", points={"preference": (-3, -2, -1, 0)}), up=True, factor=Fraction(-1)),
    Axis("backbone", Text("骨干教师人数", "Backbone teachers placed"), Goal("points", points={"backbone": -1}), up=True,
         factor=Fraction(-1)),
)}


def axis(policy: Policy, named: Named) -> Axis:
    """Return what `named` means under `policy`.

    Raises
    ------
    InputError
        Where the policy has nothing of that name; the nearest are suggested.
    """
    if isinstance(named, Goal):
        return _of_goal(named.kind, named)
    if not isinstance(named, str):
        return _of_goal("points", Goal("points", points=named))
    try:
        key = criterion_key(named, policy.rules)
    except FaultError as refused:
        raise InputError(error(f.code, f.text.zh, f.text.en, value=f.value, suggest=f.suggest)
                         for f in refused.faults) from None
    return _CRITERIA.get(key) or _of_policy(policy, key) or _of_points(key)


def _of_policy(policy: Policy, key: str) -> Axis | None:
    """Return a goal of the policy, by its kind and number, or an elastic rule's shortfall."""
    kind, _, number = key.partition(".")
    if kind in GOAL_TITLES:
        goals = [goal for goal in ordered_goals(policy) if goal.kind == kind]
        return _of_goal(key, _numbered(goals, key, int(number or 1)))
    rule = next((r for r in policy.rules if r.id == key and r.enforce == "elastic"), None)
    if rule is None:
        return None
    title = Text(f"“{rule.title.zh}”的缺口", f"Shortfall of “{rule.title.en}”")
    return Axis(key, title, Goal("shortfall", rules=(key,)))


def _numbered(goals: Sequence[Goal], key: str, number: int) -> Goal:
    if len(goals) >= number:
        return goals[number - 1]
    if key in ("fill", "fair", "points"):
        return Goal(key)  # type: ignore[arg-type]
    raise InputError([error("no_such_goal", f"政策没有“{key}”这个目标。", f"The policy has no goal {key}.", value=key)])


def _of_goal(name: str, goal: Goal) -> Axis:
    factor = Fraction(1, WHOLE) if goal.kind == "fair" else Fraction(1)
    title = _POINTS if goal.kind == "points" else GOAL_TITLES[goal.kind]
    return Axis(name, title, replace(goal, slack=Slack(), leximin=False), goal.kind in ("fill", "fair"),
                factor)


def _of_points(key: str) -> Axis:
    """Return a name of the points table, at one point each."""
    up = key in GAINS
    title = Text(POINTS.zh(key), key.replace("_", " ").capitalize())
    return Axis(key, title, Goal("points", points={key: -1 if up else 1}), up, Fraction(-1 if up else 1))
