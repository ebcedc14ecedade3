"""What a goal may give up leaves no column behind that says less than the plan does."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matching.domain.text import Text
from matching.planner import solve
from matching.policy import load
from matching.policy.model import Goal, Quota, Slack
from tests.builders import instance, need, site, teacher

TITLE = Text("测试", "Test")


def solved(*rules, goals):
    sites = [site("S", "sender"), site("R1", "receiver", county="Y"), site("R2", "receiver", county="Z")]
    made = instance(sites, [need("N1", "R1", 3), need("N2", "R2", 2)], [teacher(f"T{k}", "S") for k in range(4)])
    base = load("base")
    return solve(made, replace(base, rules=(*rules, *base.rules), goals=goals, points={"other_county": 1}, variants=()))


def test_a_fair_goal_with_slack_is_reported_as_the_plan_has_it():
    plan = solved(goals=(Goal("fair", slack=Slack(Fraction(400_000))), Goal("points"))).main.plan
    fair, points = plan.goals
    assert (fair.best, fair.bound, points.value) == (666_666, 666_666, 2)
    assert fair.value == 333_333


def test_a_shortfall_with_slack_is_reported_as_the_plan_has_it():
    rule = Quota(id="q", title=TITLE, at_least=Fraction(4), enforce="elastic")
    plan = solved(rule, goals=(Goal("shortfall", slack=Slack(Fraction(3))), Goal("points"))).main.plan
    assert [(g.value, g.best) for g in plan.goals] == [(3, 0), (1, 1)]
