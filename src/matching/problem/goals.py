"""The policy's goals as objectives over the columns (Contract 2, "Goals")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.policy.model import Goal, Policy, Quota, Require, Weight
from matching.problem.arcs import Arcs
from matching.problem.coarse import allowed
from matching.problem.conditions import holds
from matching.problem.facts import ArcFacts
from matching.problem.fair import WHOLE, Fairness
from matching.problem.fields import Fields
from matching.problem.points import points_of_arcs
from matching.problem.program import Int64, Objective
from matching.problem.quotas import Shortfall

DEFAULT = (Goal("fill"), Goal("shortfall"), Goal("points"))


@dataclass(frozen=True)
class Costs:
    """What objectives are made of: the arcs, and the columns of shortfall and of fair shares."""

    fields: Fields
    arcs: Arcs
    facts: ArcFacts
    shortfalls: tuple[Shortfall, ...]
    fairness: tuple[Fairness, ...]
    n_columns: int


def ordered_goals(policy: Policy) -> tuple[Goal, ...]:
    """Return the goals in the order they are optimised, with those shortfall goals that the policy leaves unsaid.

    Elastic rules that no goal names come before the first goal; but elastic at_least shares of `placed` directly
    after the fill goal, since an empty plan would satisfy them.
    """
    elastic = [r for r in policy.rules if r.on and r.enforce == "elastic"]
    goals = policy.goals or tuple(g for g in DEFAULT if elastic or g.kind != "shortfall")
    named = {rule for g in goals if g.kind == "shortfall" for rule in g.rules or ()}
    unnamed = [r for r in elastic if r.id not in named]
    if any(g.kind == "shortfall" and g.rules is None for g in goals):
        everything = tuple(r.id for r in unnamed)
        return tuple(replace(g, rules=everything) if g.kind == "shortfall" and g.rules is None else g for g in goals)
    late = tuple(r.id for r in unnamed if isinstance(r, Quota) and r.of == "placed" and r.at_least is not None)
    early = tuple(r.id for r in unnamed if r.id not in late)
    return tuple(_with_unnamed(goals, early, late))


def _with_unnamed(goals: Sequence[Goal], early: tuple[str, ...], late: tuple[str, ...]) -> Iterator[Goal]:
    if early:
        yield Goal("shortfall", rules=early)
    for goal in goals:
        yield goal
        if goal.kind == "fill" and late:
            yield Goal("shortfall", rules=late)
            late = ()
    if late:
        yield Goal("shortfall", rules=late)


def objectives(policy: Policy, costs: Costs) -> tuple[Objective, ...]:
    """Return the policy's goals as objectives, in order."""
    return tuple(o for goal in ordered_goals(policy) for o in _objectives(goal, policy, costs))


def _objectives(goal: Goal, policy: Policy, costs: Costs) -> Iterator[Objective]:
    if goal.kind == "fair":
        yield from _fair(goal, costs)
    else:
        yield _objective(goal, policy, costs)


def _fair(goal: Goal, costs: Costs) -> Iterator[Objective]:
    """Yield the smallest share in millionths and, with leximin, how many groups are below each level, rising."""
    fair = next(f for f in costs.fairness if f.per == goal.per)
    cost = np.zeros(costs.n_columns, np.int64)
    cost[fair.columns] = -fair.gains
    yield Objective(goal.kind, cost, -1, 0 if len(fair.columns) else -WHOLE, goal.slack.amount, goal.slack.percent)
    for columns in (fair.levels or ()) if goal.leximin else ():
        cost = np.zeros(costs.n_columns, np.int64)
        cost[columns] = -1
        yield Objective(goal.kind, cost, 1, len(columns))


def _objective(goal: Goal, policy: Policy, costs: Costs) -> Objective:
    cost, sense = np.zeros(costs.n_columns, np.int64), 1
    if goal.kind == "fill":
        cost[:len(costs.arcs)], sense = -seat_weights(goal, costs), -1
    elif goal.kind == "points":
        table = policy.points if goal.points is None else goal.points
        cost[:len(costs.arcs)] = points_of_arcs(table, costs.fields, costs.arcs, costs.facts)
    else:
        cost = _shortfall(goal, policy, costs)
    return Objective(goal.kind, cost, sense, 0, goal.slack.amount, goal.slack.percent)


def seat_weights(goal: Goal, costs: Costs) -> Int64:
    """Return what one filled seat is worth on each arc."""
    if not goal.weights or not isinstance(goal.weights[0], Weight):
        by_priority = np.array(goal.weights, np.int64)
        priority = costs.fields.values("need.priority").array.astype(np.int64)
        return by_priority[priority - 1][costs.arcs.need]
    worth = np.zeros(len(costs.arcs), np.int64)
    for row in reversed([w for w in goal.weights if isinstance(w, Weight)]):
        worth[holds(row.when, costs.fields, costs.arcs.pairs)] = row.weight
    return worth


def _shortfall(goal: Goal, policy: Policy, costs: Costs) -> Int64:
    cost = np.zeros(costs.n_columns, np.int64)
    named = set(goal.rules or ())
    for part in costs.shortfalls:
        if part.rule in named:
            cost[part.columns] += part.penalty
    for rule in policy.active(Require):
        if rule.id in named and rule.enforce == "elastic":
            cost[:len(costs.arcs)] += rule.penalty * ~allowed(rule, costs.fields, costs.arcs.pairs)
    return cost
