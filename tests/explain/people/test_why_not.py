"""Why a teacher is not at a post: the verdict, and its price, are what looking at every plan shows."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matching import engines
from matching import policy as policies
from matching.audit import audit, facts, goal_values
from matching.domain.findings import InputError
from matching.domain.plan import GoalLine, Plan
from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.explain.people.person import explained
from matching.explain.people.why_not import why_not
from matching.explain.people.why_not_wish import why_not_wish
from matching.policy.model import Quota, Variant
from matching.problem import compile
from tests.builders import distance, instance, need, site, teacher
from tests.strategies import ALL, instances

BASE = policies.load("base")


def solved(case, policy):
    problem = compile(case, policy)
    found = engines.solve(problem.program, in_process=True)
    if found.x is None:
        return None
    goals = tuple(GoalLine(*outcome[:1], outcome.best, *outcome[1:]) for outcome in found.goals)
    return Inquiry(case, policy, Plan("main", found.status, 0, problem.decode(found.x), goals))


def best(case, policy, *forced):
    """The goals of the best plan that passes the audit, by trying them all; None where none does.

    Of the pairs `forced` the plan must have one.
    """
    judge, found = facts(case, policy), []
    for choice in product((None, *(n.need_id for n in case.needs)), repeat=len(case.teachers)):
        pairs = [(t.teacher_id, n) for t, n in zip(case.teachers, choice, strict=True) if n]
        if forced and not set(forced) & set(pairs):
            continue
        placements = tuple(judge.placement(*pair) for pair in pairs)
        if audit(case, policy, Plan("main", "feasible", 0, placements)).ok:
            found.append(tuple(goal_values(case, policy, placements)))
    return min(found, key=lambda goals: [-g.value if g.goal == "fill" else g.value for g in goals], default=None)


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=3, max_needs=3, features=ALL - {"locks", "pairings"}), st.data())
def test_the_price_is_that_of_the_best_of_all_plans(case, data):
    inquiry = solved(case, BASE)
    assume(inquiry is not None)
    who = data.draw(st.sampled_from(case.teachers)).teacher_id
    where = data.draw(st.sampled_from(case.needs)).need_id
    told, now, then = why_not(inquiry, who, where), best(case, BASE), best(case, BASE, (who, where))
    assert told.exact
    assert told.zh
    assert told.en
    if told.verdict == "refused":
        assert then is None
        assert told.rules
    else:
        assert [tuple(change) for change in told.cost] == [(b.goal, b.value - a.value)
                                                           for a, b in zip(now, then, strict=True)]
    assert (told.verdict == "placed") == any((p.teacher, p.need) == (who, where) for p in inquiry.plan.placements)


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=3, max_needs=3, features=(ALL - {"locks", "pairings"})), st.data())
def test_the_price_of_a_wish_is_that_of_the_best_plan_that_meets_it(case, data):
    inquiry = solved(case, BASE)
    assume(inquiry is not None)
    named = [(t.teacher_id, w.rank) for t in case.teachers for w in explained(inquiry, t.teacher_id).wishes]
    assume(named)
    who, rank = data.draw(st.sampled_from(named))
    told = why_not_wish(inquiry, who, rank)
    pairs = [(who, post.need) for post in told.wish.open]
    now, then = best(case, BASE), best(case, BASE, *pairs) if pairs else None
    assert told.exact
    assert all(told.text)
    if told.verdict == "refused":
        assert then is None
        assert told.rules
    elif told.verdict == "possible":
        assert [tuple(change) for change in told.best.cost] == [(b.goal, b.value - a.value)
                                                                for a, b in zip(now, then, strict=True)]
    assert json.dumps(told.to_dict())


SITES = [site("S1", "sender", county="X"), site("R1", "receiver", county="Y"), site("R2", "receiver", county="Z")]
CASE = instance(SITES, [need("N1", "R1"), need("N2", "R2")],
                [teacher("T1", "S1"), teacher("T2", "S1", subject="math"), teacher("T3", "S1", mandatory=True)],
                distances=[distance("S1", "R1", 10), distance("S1", "R2", 40)])


def test_a_post_that_the_teacher_has():
    inquiry = solved(CASE, BASE)
    placed = inquiry.plan.placements[0]
    told = why_not(inquiry, placed.teacher, placed.need)
    assert told.to_dict() | {"pair": 0, "zh": 0, "en": 0, "clash": []} == {
        "verdict": "placed", "rules": [], "exact": True, "plan": "main", "teacher": placed.teacher,
        "cost": [{"goal": goal, "value": 0} for goal in ("fill", "shortfall", "points")],
        "need": placed.need, "moves": [], "pair": 0, "zh": 0, "en": 0,
        "clash": []}


def test_a_rule_refuses_with_its_figures():
    told = why_not(solved(CASE, BASE), "T2", "N1")
    assert (told.verdict, told.rules, told.cost, told.exact) == ("refused", ("subject",), (), True)
    assert "“学科相符”：教师教数学，岗位要语文（要求：学科相同或可兼）" in told.zh
    assert '"Subject": the teacher teaches math, the post is for Chinese (required: the same' in told.en


def test_rules_that_could_not_hold_any_more_refuse_too():
    one = Quota(id="only-one", title=Text("只去一人", "One only"), at_most=Fraction(1))
    told = why_not(solved(CASE, replace(BASE, rules=(one, *BASE.rules))), "T1", "N1")
    assert (told.verdict, told.cost, told.exact) == ("refused", (), True)
    assert set(told.rules) == {"only-one", "mandatory"}
    assert "“只去一人”（全部安置）、“应派必派”（教师T3）" in told.zh
    assert "these rules could not all hold" in told.en


def test_the_price_is_told_in_words():
    policy = replace(BASE, points={"km": 1}, rules=(
        Quota(id="far", title=Text("远处至多一人", "One far away"), at_most=Fraction(1), measure="sites"), *BASE.rules))
    inquiry = solved(CASE, policy)
    assert [p.need for p in inquiry.plan.placements] == ["N1"]
    told = why_not(inquiry, inquiry.plan.placements[0].teacher, "N2")
    assert [tuple(c) for c in told.cost] == [("fill", 0), ("shortfall", 0), ("points", 30)]
    assert told.zh.endswith("可以去。整个方案要付的代价：安置积分（越少越好）多 30（变差）；同时总路程多 30.0 公里"
                            "（已重新求解，数字准确）。")
    assert "30 more (worse); with it, 30.0 km more in all (solved again, exact)" in told.en


def test_who_would_lose_their_post_is_named():
    case = replace(CASE, teachers=tuple(t._replace(mandatory=False) for t in CASE.teachers))
    one = Quota(id="one", title=Text("一人", "One"), at_most=Fraction(1))
    inquiry = solved(case, replace(BASE, rules=(one, *BASE.rules)))
    (placed,) = inquiry.plan.placements
    told = why_not(inquiry, "T3" if placed.teacher == "T1" else "T1", placed.need)
    assert f"另有 1 位教师的岗位不同，其中教师{placed.teacher}（{placed.teacher}）不再有岗位（" in told.zh
    assert f"found: 1, of whom 教师{placed.teacher} ({placed.teacher}) with none at all (" in told.en


@pytest.mark.parametrize(("method", "zh", "en"), [
    ("goals", "整个方案随之变化：补足岗位", "possible; how the whole plan changes: Seats"),
    ("stable", "不再要求“另法”时，整个方案的变化：补足岗位", 'where it need not be "Other" any more: Seats'),
])
def test_a_plan_that_was_not_the_best_may_gain(method, zh, en):
    inquiry = solved(CASE, BASE)
    other = Variant("other", Text("另法", "Other"), method=method)
    worse = tuple(g._replace(value=g.value - 3) if g.goal == "fill" else g for g in inquiry.plan.goals)
    plan = replace(inquiry.plan, plan="other", placements=inquiry.plan.placements[:1], goals=worse)
    free = "T1" if plan.placements[0].teacher == "T3" else "T3"
    told = why_not(Inquiry(CASE, replace(BASE, variants=(other,)), plan), free, "N2")
    assert told.cost[0] == ("fill", 3)
    assert zh in told.zh
    assert en in told.en


def test_without_a_plan_in_time_the_cost_is_not_known():
    inquiry = solved(CASE, BASE)
    empty = next(n for n in ("N1", "N2") if ("T1", n) not in {(p.teacher, p.need) for p in inquiry.plan.placements})
    told = why_not(inquiry, "T1", empty, time_limit=0)
    assert told.exact or "代价不明" in told.zh or "不是准确代价" in told.zh


@pytest.mark.parametrize(("who", "where", "code"), [("T9", "N1", "unknown_teacher"), ("T1", "n01", "unknown_need")])
def test_unknown_ids_are_met_with_the_nearest(who, where, code):
    with pytest.raises(InputError) as found:
        why_not(solved(CASE, BASE), who, where)
    (finding,) = found.value.findings
    assert finding.code == code
    assert finding.suggest
