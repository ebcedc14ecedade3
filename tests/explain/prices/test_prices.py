"""Prices: exact where they say so, and as bounds never beaten, against solving the changed case from nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matching import engines
from matching import policy as policies
from matching.audit import audit, facts, goal_values
from matching.domain.plan import GoalLine, Plan
from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.explain.patience import Patience
from matching.explain.prices.change import as_change
from matching.explain.prices.edits import edited
from matching.explain.prices.prices import prices
from matching.explain.prices.pricing import Pricing
from matching.explain.prices.ranks import Ranks
from matching.explain.prices.units import SIDES, Bound, Post, Unit
from matching.policy.model import Goal, Quota
from matching.problem import compile
from matching.tables import read
from tests.builders import distance, instance, need, site, teacher
from tests.strategies import ALL, instances

BASE = policies.load("base")
SCHOOLS = Quota(id="schools", title=Text("学校数", "Schools"), measure="sites", per=("home.county",),
                at_most=Fraction(1))
FAR = Quota(id="far", title=Text("总路程", "Kilometres"), measure="km", at_most=Fraction(60), enforce="elastic")
PAIRS = Quota(id="two", title=Text("各县至少二人", "Two a county"), per=("host.county",), at_least=Fraction(2),
              enforce="elastic")
FAIR = replace(BASE, goals=(Goal("fill"), Goal("fair", per="host.county", leximin=True), Goal("points")))
POLICIES = [BASE, replace(BASE, rules=(*BASE.rules, SCHOOLS)), replace(BASE, rules=(*BASE.rules, FAR, PAIRS)), FAIR]


def solved(case, policy):
    problem = compile(case, policy)
    found = engines.solve(problem.program, in_process=True)
    if found.x is None:
        return None
    goals = tuple(GoalLine(o.name, o.best, o.best, o.bound, o.gap) for o in found.goals)
    return Inquiry(case, policy, Plan("main", found.status, 0, problem.decode(found.x), goals))


def units(pricing):
    ranks = Ranks(pricing.problem, pricing.duals, pricing.x)
    return [Unit(of, side) for of in (*ranks.kinds(), *ranks.posts(), *ranks.bounds()) for side in SIDES]


def anew(pricing, unit):
    """The change of each goal, of the program compiled anew; None where no plan is possible."""
    found = engines.solve(edited(pricing.problem, unit).program, in_process=True)
    return None if found.x is None else [now.best - was.best
                                         for now, was in zip(found.goals, pricing.base.goals, strict=False)]


def holds(pricing, bound, truth):
    senses = [o.sense for o in pricing.problem.program.objectives]
    told = [s * g.value for s, g in zip(senses, bound.goals, strict=False)]
    return truth is None or told <= [s * v for s, v in zip(senses, truth[:len(told)], strict=False)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=5, max_needs=4, features=ALL - {"locks"}), st.sampled_from(POLICIES), st.data())
def test_a_price_is_what_solving_from_nothing_says_and_a_bound_is_not_beaten(case, policy, data):
    inquiry = solved(case, policy)
    assume(inquiry is not None)
    with Pricing(inquiry, workers=1) as pricing:
        asked = units(pricing)
        assume(asked)
        for unit in data.draw(st.lists(st.sampled_from(asked), min_size=1, max_size=3, unique=True)):
            bound, price, truth = pricing.price(unit, solve=False), pricing.price(unit), anew(pricing, unit)
            assert holds(pricing, bound, truth)
            assert price.exact
            assert price.possible == (truth is not None)
            assert [g.value for g in price.goals] == (truth or [])[:len(price.goals)]
            if bound.exact:
                assert bound.goals == price.goals


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=5, max_needs=4, features=ALL - {"locks"}), st.sampled_from(POLICIES), st.data())
def test_what_is_solved_as_a_change_of_bounds_is_what_compiling_anew_gives(case, policy, data):
    inquiry = solved(case, policy)
    assume(inquiry is not None)
    with Pricing(inquiry, workers=1) as pricing:
        asked = units(pricing)
        assume(asked)
        unit = data.draw(st.sampled_from(asked))
        edit, program = edited(pricing.problem, unit), pricing.problem.program
        change = as_change(program, edit, {"one-post"})
        assume(change is not None)
        changed = engines.solve(engines.change.changed(program, change), in_process=True)
        fresh = engines.solve(edit.program, in_process=True)
        assert (changed.status, changed.goals) == (fresh.status, fresh.goals)


def best(case, policy):
    """The goals of the best plan that passes the audit, by trying them all."""
    judge, found = facts(case, policy), []
    for choice in product((None, *(n.need_id for n in case.needs)), repeat=len(case.teachers)):
        pairs = [(t.teacher_id, n) for t, n in zip(case.teachers, choice, strict=True) if n]
        placements = tuple(judge.placement(*pair) for pair in pairs)
        if audit(case, policy, Plan("main", "feasible", 0, placements)).ok:
            found.append(tuple(g.value for g in goal_values(case, policy, placements)))
    return min(found, key=lambda goals: [-goals[0], *goals[1:]], default=None)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=3, max_needs=2, features=ALL - {"locks", "pairings"}), st.data())
def test_one_more_and_one_fewer_are_what_all_plans_of_the_audit_show(case, data):
    inquiry = solved(case, BASE)
    assume(inquiry is not None)
    with Pricing(inquiry, workers=1) as pricing:
        asked = [u for u in units(pricing) if not isinstance(u.of, Bound)]
        assume(asked)
        unit = data.draw(st.sampled_from(asked))
        by = 1 if unit.side == "more" else -1
        if isinstance(unit.of, Post):
            other = replace(case, needs=tuple(n._replace(count=n.count + by * (n.need_id == unit.of.need))
                                              for n in case.needs))
        elif by > 0:
            other = replace(case, teachers=(*case.teachers, case.teacher[unit.of.like]._replace(teacher_id="more")))
        else:
            other = replace(case, teachers=tuple(t for t in case.teachers if t.teacher_id != unit.of.like),
                            ledger=tuple(r for r in case.ledger if r.teacher_id != unit.of.like))
        price, then = pricing.price(unit), best(other, BASE)
        assert price.exact
        assert price.possible == (then is not None)
        if then is not None:
            assert [g.value for g in price.goals] == [b - a for a, b in zip(best(case, BASE), then, strict=True)]


SITES = [site("S1", "sender", county="X", send_max=3), site("R1", "receiver", county="Y"),
         site("R2", "receiver", county="Y")]
CASE = instance(SITES, [need("N1", "R1", 2), need("N2", "R2")],
                [teacher("T1", "S1"), teacher("T2", "S1"), teacher("T3", "S1", subject="math")],
                distances=[distance("S1", "R1", 10), distance("S1", "R2", 40)])


def test_whom_to_recruit_is_told_in_words():
    found = prices(solved(CASE, BASE), workers=1)
    assert [(b.of.subject, b.of.county) for b in found.teachers] == [("chinese", "X")]
    assert found.lines[0].zh == ("再多一名X的小学语文教师（条件同教师T2 T2）：多安置 1 人，补足岗位（按优先级加权）多 "
                                 "3（变好），安置积分（越少越好）多 50（变差）（已重新求解，数字准确）。")
    assert found.lines[0].en.startswith("one more teacher of primary Chinese from X (like 教师T2, T2): 1 more placed")
    assert all(price.exact for price in found.all)
    assert json.dumps(found.to_dict(), ensure_ascii=False)
    assert [list(post) for post in found.to_dict()["posts"]] == [["need", "more", "fewer"]] * 2
    assert found.to_dict()["posts"][0]["fewer"]["goals"][2] == {"goal": "points", "value": 30}


def test_prices_of_a_shipped_instance_agree_with_solving_anew():
    folder = Path(__file__).parents[3] / "instances" / "yeji"
    case = read([folder / "yeji.xlsx"]).instance
    policy = policies.with_rows(policies.load("yeji"), case)
    found = prices(solved(case, policy), listed=2, most=6, workers=1)
    assert found.teachers
    assert found.posts
    with Pricing(found.inquiry, workers=1) as pricing:
        for price in found.all[:6]:
            truth = anew(pricing, price.unit)
            assert holds(pricing, price, truth)
            assert not price.exact or [g.value for g in price.goals] == (truth or [])


def test_what_is_not_solved_for_is_a_bound_in_words():
    found = prices(solved(CASE, BASE), most=0, workers=1)
    bounds = [line for line, price in zip(found.lines, found.all, strict=True) if not price.exact]
    assert bounds
    assert all("界" in line.zh and "bound" in line.en for line in bounds)


def test_a_plan_that_is_not_proven_has_no_prices(monkeypatch):
    monkeypatch.setattr(Pricing, "base", None)
    found = prices(solved(CASE, BASE), workers=1)
    assert not found.proven
    assert "没有证明为最优" in found.words("zh")[0]
    assert found.to_dict() == {"proven": False, "left_out": 0, "teachers": [], "posts": [], "rules": []}


@pytest.mark.parametrize(("far", "unit", "words"), [(40, 1, "1 公里"), (40_000, 10, "10 公里")])
def test_a_unit_of_a_large_bound_is_a_power_of_ten(far, unit, words):
    case = replace(CASE, needs=(need("N1", "R1"), need("N2", "R2")),
                   distances=(distance("S1", "R1", far / 4), distance("S1", "R2", far)))
    rule = replace(FAR, at_most=Fraction(5 * far, 4), enforce="hard")
    found = prices(solved(case, replace(BASE, rules=(*BASE.rules, rule))), workers=1)
    told = [both for both in found.to_dict()["rules"] if both["rule"] == "far"]
    assert [both["unit"] for both in told] == [unit]
    assert f"“总路程”（全部安置）的上限少 {words}：少安置 1 人" in told[0]["fewer"]["zh"]


def test_what_is_not_looked_at_in_time_is_left_out_and_said(monkeypatch):
    inquiry = solved(CASE, BASE)
    whole = prices(inquiry)
    assert whole.left_out == 0
    looked = []
    real = Pricing._look
    monkeypatch.setattr(Pricing, "_look", lambda self, unit: looked.append(unit) or real(self, unit))
    monkeypatch.setattr(Patience, "over", property(lambda _: len(looked) >= 3))
    some = prices(inquiry)
    assert len(looked) == 3
    assert len(some.all) + 2 * some.left_out == len(whole.all)
    assert some.left_out > 0
    assert not any(price.solved for price in some.all)
    assert str(some.left_out) in some.words("en")[-1]
    assert some.to_dict()["left_out"] == some.left_out


def test_a_cap_of_nobody_cannot_be_one_less_and_that_takes_no_solving():
    none = Quota(id="none", title=Text("无人", "Nobody"), at_most=Fraction(0))
    case = instance([site("A", "sender"), site("H", "receiver")], [need("N1", "H")], [teacher("T1", "A")])
    inquiry = solved(case, replace(BASE, rules=(none, *BASE.rules)))
    with Pricing(inquiry, workers=1) as pricing:
        (cap,) = [of for of in Ranks(pricing.problem, pricing.duals, pricing.x).bounds() if of.rule == "none"]
        fewer, more = (pricing.price(Unit(cap, side), solve=False) for side in ("fewer", "more"))
    assert (fewer.possible, fewer.exact, fewer.solved) == (False, True, False)
    assert more.possible
