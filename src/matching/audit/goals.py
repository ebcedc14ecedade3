"""The goals of a policy and their values, recounted (Contract 2, Goals)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.audit.factbook import Facts
from matching.audit.fair import fair_values
from matching.audit.over import holds
from matching.audit.points import Pointer
from matching.audit.result import GoalValue
from matching.audit.rolls import Roll
from matching.audit.standing import Standing
from matching.policy.model import Goal, Policy, Quota, Rule, Weight


def policy_of(policy: Policy, plan: str) -> Policy:
    """Return the policy as the variant that a plan is named after weighs it; else as it is."""
    variant = next((v for v in policy.variants if v.id == plan), None)
    if variant is None:
        return policy
    goals = policy.goals if variant.goals is None else variant.goals
    return replace(policy, points={**policy.points, **variant.points}, goals=goals)


def goals_in_order(policy: Policy) -> tuple[Goal, ...]:
    """Return the policy's goals with the shortfall goals that go without saying."""
    elastic = [r for r in policy.rules if r.on and r.enforce == "elastic"]
    goals = policy.goals or _default_goals(bool(elastic))
    if any(g.kind == "shortfall" and g.rules is None for g in goals):
        return goals
    named = {rule for g in goals for rule in g.rules or ()}
    loose = [r for r in elastic if r.id not in named]
    fill = next((at for at, g in enumerate(goals) if g.kind == "fill"), None)
    late = [r for r in loose if fill is not None and _share_of_placed(r)]
    early = [r for r in loose if r not in late]
    behind = 0 if fill is None else fill + 1
    return (*_shortfall(early), *goals[:behind], *_shortfall(late), *goals[behind:])


def _default_goals(elastic: bool) -> tuple[Goal, ...]:
    kinds = (Goal("fill"), Goal("shortfall"), Goal("points"))
    return kinds if elastic else (kinds[0], kinds[2])


def _share_of_placed(rule: Rule) -> bool:
    return isinstance(rule, Quota) and rule.of == "placed" and rule.at_least is not None


def _shortfall(rules: Sequence[Rule]) -> tuple[Goal, ...]:
    return (Goal("shortfall", rules=tuple(r.id for r in rules)),) if rules else ()


class Counted(NamedTuple):
    """A goal's value, recounted, and whether more of it is better."""

    line: GoalValue
    maximised: bool


def counted_goals(facts: Facts, policy: Policy, roll: Roll,
                  standings: Iterable[Standing]) -> tuple[Counted, ...]:
    """Return each goal's value for the placements of a roll, of which `standings` says how the rules stand.

    A fair goal with leximin is several: the smallest share is maximised, the groups below each level are minimised.
    """
    goals = goals_in_order(policy)
    costs = _costs(standings)
    return tuple(line for g in goals for line in _lines(facts, policy, g, goals, roll, costs))


def _lines(facts: Facts, policy: Policy, goal: Goal, goals: Sequence[Goal], roll: Roll,
           costs: Mapping[str, int]) -> Iterator[Counted]:
    if goal.kind == "fair":
        for at, value in enumerate(fair_values(facts, goal, roll)):
            yield Counted(GoalValue(goal.kind, value), at == 0)
    else:
        value = _value(facts, policy, goal, goals, roll, costs)
        yield Counted(GoalValue(goal.kind, value), goal.kind == "fill")


def _costs(standings: Iterable[Standing]) -> Mapping[str, int]:
    """Penalties by elastic rule."""
    costs: dict[str, int] = {}
    for s in standings:
        if s.shortfall and s.enforce == "elastic":
            costs[s.rule.id] = costs.get(s.rule.id, 0) + s.rule.penalty * s.shortfall
    return costs


def _value(facts: Facts, policy: Policy, goal: Goal, goals: Sequence[Goal], roll: Roll,
           costs: Mapping[str, int]) -> int:
    if goal.kind == "shortfall":
        named = {rule for g in goals for rule in g.rules or ()}
        rules = [rule for rule in costs if rule not in named] if goal.rules is None else goal.rules
        return sum(costs.get(rule, 0) for rule in rules)
    if goal.kind == "fill":
        return _filled(facts, goal, roll)
    pointer = Pointer(facts, policy.points if goal.points is None else goal.points)
    return pointer.total(roll)


def _filled(facts: Facts, goal: Goal, roll: Roll) -> int:
    weights = [w for w in goal.weights if isinstance(w, int)]
    if weights:
        priorities = roll.column(facts.field("need.priority"))
        return sum(weights[priority - 1] * times for priority, times in priorities.times())
    total, rest = 0, np.ones(len(roll), np.bool_)
    for tier in goal.weights:
        if isinstance(tier, Weight):
            first = rest & holds(facts.reader.criteria(tier.when, "fill"), roll)
            total += tier.weight * int(first.sum())
            rest &= ~first
    return total
