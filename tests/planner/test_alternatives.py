"""Alternatives: the best plan that is different enough, one after the other, and the proof that there are no more."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import matching
from matching import planner
from matching.audit import audit
from matching.policy.model import Goal, Slack
from matching.problem import compile
from matching.tables import dump_plan
from tests import strategies
from tests.planner.every_plan import every_plan

TINY = Path(__file__).parents[2] / "instances" / "tiny"
FEATURES = frozenset({"backbone", "distances", "wishes", "titles", "limits", "mandatory"})
GOALS = ((Goal("fill"), Goal("points")), (Goal("fill", slack=Slack(Fraction(30), percent=True)), Goal("points")),
         (Goal("points", points={"km": 1}), Goal("fill")))
LOSSES = (None, Slack(), Slack(Fraction(20), percent=True), {"points": Slack(Fraction(40))},
          {"fill": Slack(Fraction(2)), "points": Slack(Fraction(5), percent=True)})


@pytest.fixture(scope="module")
def policy(policy):
    return replace(policy, variants=(), fronts=())


def pairs(choice):
    return {(p.teacher, p.need) for p in choice.plan.placements}


def by_id(result):
    return {choice.plan.plan: choice for choice in result.plans}


def test_each_differs_from_all_before_and_is_audited_and_ranked(instance, policy):
    asked = replace(policy, alternatives=3, differ=1)
    result = matching.solve(instance, asked)
    plans = by_id(result)
    assert set(plans) == {"main", "alternative-1", "alternative-2", "alternative-3"}
    for one in plans.values():
        assert audit(instance, asked, one.plan).ok
        assert one.plan.status == "optimal"
        assert all(min(len(pairs(one) - pairs(other)), len(pairs(other) - pairs(one))) >= 1
                   for other in plans.values() if other is not one)
    losses = [tuple(line.value for line in plans[f"alternative-{k}"].ranked.loss) for k in (1, 2, 3)]
    assert losses == [(1, 0, 0), (4, 0, -42), (5, 0, -200)]
    assert not plans["main"].ranked.loss
    assert ["among such plans" in note.en for note in result.ranking.notes] == [True]
    assert not result.unfinished


def test_they_differ_from_the_variants_too(instance, policy):
    known = matching.policy(TINY / "policy.toml", instance=instance).variants
    result = matching.solve(instance, replace(policy, variants=known, alternatives=1, differ=2))
    found = by_id(result)
    assert all(len(pairs(found["alternative-1"]) - pairs(c)) >= 2 for n, c in found.items() if n != "alternative-1")


def test_main_and_variants_are_the_same_without_them(instance, policy):
    alone = matching.solve(instance, policy)
    beside = matching.solve(instance, replace(policy, alternatives=1, differ=3))
    assert dump_plan(alone.main.plan) == dump_plan(beside.main.plan)
    assert "alternatives" not in alone.seconds


def test_that_there_are_no_more_is_said(instance, policy):
    result = matching.solve(instance, replace(policy, alternatives=2, differ=3))
    assert set(by_id(result)) == {"main", "alternative-1"}
    _, note = result.ranking.notes
    assert "求得 1 个：已证明" in note.zh
    assert "found: 1. It is proven" in note.en
    assert not result.unfinished


@pytest.mark.parametrize(("loss", "expected"), [
    (Slack(Fraction(6)), {"fill": 6, "shortfall": 0, "points": -200}), ({"fill": Slack(Fraction(5))}, None),
    ({"fill": Slack(Fraction(5), percent=True)}, None),
    ({"points": Slack()}, {"fill": 6, "shortfall": 0, "points": -200}),
])
def test_none_that_loses_more_than_is_allowed(instance, policy, loss, expected):
    result = matching.solve(instance, replace(policy, alternatives=1, differ=3, loss=loss))
    found = by_id(result).get("alternative-1")
    assert (found and dict(found.ranked.loss)) == expected
    assert any("no more of any goal" in note.en for note in result.ranking.notes) == (found is None)


def test_a_pure_networks_engine_leaves_them_to_the_default_one(instance, policy):
    network = replace(policy, rules=tuple(r for r in policy.rules if r.id in ("subject", "stage", "seats", "one-post")),
                      goals=(Goal("fill"), Goal("points")), alternatives=1, differ=2)
    result = matching.solve(instance, network, engine="mcf")
    assert len(result.plans) == 2


def test_a_stop_keeps_the_main_plan_and_marks_the_rest(instance, policy):
    stop = threading.Event()

    def told(plan, progress):
        if plan != "main":
            stop.set()

    result = planner.solve(instance, replace(policy, alternatives=2, differ=1), stop=stop, on_progress=told)
    assert result.status == "optimal"
    assert set(result.unfinished) == {"alternative-1", "alternative-2"}
    assert not result.ranking.notes


@settings(max_examples=12, deadline=None)
@given(strategies.instances(max_teachers=4, max_needs=3, features=FEATURES), st.sampled_from(GOALS),
       st.sampled_from(LOSSES), st.integers(1, 2))
def test_they_are_what_trying_every_plan_finds(instance, goals, loss, differ):
    policy = replace(matching.policy("base"), goals=goals, points={"km": 1, "preference": (0, 20, 40, 80)},
                     alternatives=2, differ=differ, loss=loss)
    problem = compile(instance, policy)
    plans = every_plan(problem)
    result = matching.solve(instance, policy)
    assert (result.main is None) == (not len(plans))
    if result.main is None:
        return
    before = [chosen(problem, result.main.plan)]
    objectives = problem.program.objectives
    costs = plans @ np.array([o.cost for o in objectives]).T
    most = [_most(o, before[0], loss) for o in objectives]
    for name in ("alternative-1", "alternative-2"):
        able = np.array([all(min((x > b).sum(), (b > x).sum()) >= differ for b in before) for x in plans])
        able &= np.array([all(m is None or c <= m for c, m in zip(row, most, strict=True)) for row in costs])
        found = next((c for c in result.plans if name in (c.plan.plan, *c.ranked.same_as)), None)
        event(f"{name}: {bool(able.any())}")
        assert (found is not None) == able.any()
        if found is None:
            assert result.ranking.notes
            return
        x = chosen(problem, found.plan)
        assert (x == plans[able]).all(axis=1).any()
        held, last = _held(costs[able], objectives)
        cost = [int(o.cost @ x) for o in objectives]
        assert all(c <= h for c, h in zip(cost, held, strict=True))
        assert cost[-1] == last
        before.append(x)


def chosen(problem, plan):
    x = np.zeros(problem.program.n_columns, np.int64)
    x[problem.columns([(p.teacher, p.need) for p in plan.placements])] = 1
    return x


def _most(objective, x, loss):
    allowed = loss.get(objective.name) if isinstance(loss, dict) else loss
    cost = int(objective.cost @ x)
    return None if allowed is None else cost + allowed.units(cost)


def _held(costs, objectives):
    """What each goal is held at, optimised in order, and the last one's best."""
    held = []
    for k, objective in enumerate(objectives):
        least = int(costs[:, k].min())
        held.append(least + Slack(objective.slack_amount, objective.slack_percent).units(least))
        costs = costs[costs[:, k] <= held[-1]]
    return held, least
