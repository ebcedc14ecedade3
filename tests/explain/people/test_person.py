"""Why a teacher is where the plan has them: what is told adds up and is so."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching import engines
from matching import policy as policies
from matching.domain.findings import InputError
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.explain.people.person import explained
from matching.explain.reasons import Reasons
from matching.policy.model import Goal, Quota, Variant
from matching.problem import compile
from tests.builders import distance, instance, need, site, teacher
from tests.strategies import ALL, instances

BASE = policies.load("base")
EVERY = {"km": 3, "preference": (0, 7, 11, 13), "alt_subject": 30, "other_stage": 20, "other_mode": 10,
         "other_county": 9, "not_paired": 8, "promotion_need": -6, "home_county_match": -5, "backbone": 4,
         "hardship": -2, "language_missing": 50, "score": -1, "yuan": 2, "moved": 17}
TWO = replace(BASE, points=EVERY, goals=(Goal("fill"), Goal("points"), Goal("points", points={"moved": 1, "km": 1})))


def solved(case, policy):
    problem = compile(case, policy)
    found = engines.solve(problem.program, in_process=True)
    if found.x is None:
        return None
    placements, reasons = problem.decode(found.x), Reasons(problem, problem.decode(found.x))
    plan = Plan("main", found.status, 0, placements, unplaced=reasons.unplaced(), unfilled=reasons.unfilled())
    return problem, found.x, Inquiry(case, policy, plan)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instances(features=ALL - {"locks", "mandatory", "pairings"}))
def test_points_add_up_to_the_goals_and_other_posts_are_those_that_are_open(case):
    made = solved(case, TWO)
    if made is None:
        return
    problem, x, inquiry = made
    goals = [o.cost for o in problem.program.objectives if o.name == "points"]
    told = [explained(inquiry, t.teacher_id) for t in case.teachers]
    for at, cost in enumerate(goals):
        sums = [sum(line.points for line in placed.points[at]) for one in told for placed in one.placed]
        assert sum(sums) == int(cost @ x)
    for at, one in enumerate(told):
        mine = np.flatnonzero(problem.arcs.teacher == at)
        open_ = {case.needs[n].need_id: tuple(int(cost[a]) for cost in goals)
                 for a, n in zip(mine.tolist(), problem.arcs.need[mine].tolist(), strict=True)}
        taken = {placed.placement.need for placed in one.placed}
        assert {post.need: post.points for post in one.others} == {n: p for n, p in open_.items() if n not in taken}
        assert [post.points for post in one.others] == sorted(post.points for post in one.others)
        assert all(rule.met or rule.enforce != "hard" for placed in one.placed for rule in placed.rules)
        assert one.zh
        assert one.en
        for wish in one.wishes:
            assert wish.met == any(p.placement.preference is not None and wish.place in _names(case, p.placement.need)
                                   for p in one.placed)
            assert (wish.refused_by is None) == bool(wish.open)


def _names(case, post):
    found = case.need[post]
    return post, found.site_id, case.site[found.site_id].county


SITES = [site("S1", "sender", county="X"), site("R1", "receiver", county="Y"), site("R2", "receiver", county="Z")]
CASE = instance(
    SITES, [need("N1", "R1"), need("N2", "R2"), need("N3", "R2", stage="junior")],
    [teacher("T1", "S1", pref_1="N1", pref_2="Z", pref_3="R1"), teacher("T2", "S1", subject="math"),
     teacher("T3", "S1", deferred=True), teacher("T0004", "S1")],
    distances=[distance("S1", "R1", 12.3), distance("S1", "R2", 40)])


@pytest.fixture(scope="module")
def inquiry():
    return solved(CASE, BASE)[2]


def test_a_placement_is_told_with_its_distance_wish_points_and_other_posts(inquiry):
    told = explained(inquiry, "T1")
    assert [sentence.zh for sentence in told.sentences] == [
        "教师T1（T1），S1学校，小学语文。",
        "安置到YR1学校（岗位 N1），12.3 公里，是本人第 1 意向；符合 13 条资格规则。",
        "积分 22（越少越好）：公里 12，未结对 10。",
        "全部 3 个岗位，“学段相符”后余 2 个。",
        "另有 1 个岗位可去：ZR2学校（岗位 N2）（40 公里，积分 70，已满员）。",
        "第 1 意向 YR1学校（岗位 N1）：已满足。",
        "第 2 意向 Z：可去 1 个岗位，席位都已安排他人。",
        "第 3 意向 R1学校（R1）：已满足。"]
    assert "12.3 km away, wish no. 1; rules on eligibility that it meets: 13." in told.en
    assert told.to_dict()["placed"][0]["points"] == [{"km": 12, "not_paired": 10}]


def test_who_has_no_post_is_told_why(inquiry):
    assert "未安置：受规则“学科相符”（subject）限制" in explained(inquiry, "T2").zh
    assert "Not to be placed: deferred." in explained(inquiry, "T3").en


@pytest.mark.parametrize(("values", "zh", "en"), [
    ({"status": "pending"}, "未列入安置：审核状态为“待审”。", 'Not to be placed: the status is "pending".'),
    ({"status": "rejected", "deferred": True}, "未列入安置：审核状态为“退回”，已暂缓。",
     'Not to be placed: the status is "rejected", deferred.')])
def test_who_was_not_to_be_placed_is_told_which_of_both_and_nothing_else(values, zh, en):
    case = replace(CASE, teachers=(*CASE.teachers[:3], teacher("T0004", "S1", **values)))
    told = explained(solved(case, BASE)[2], "T0004")
    assert [s.zh for s in told.sentences[1:]] == [zh]
    assert told.sentences[1].en == en


def test_the_posts_of_who_has_none_are_no_others():
    case = instance(SITES, [need("N1", "R1"), need("N2", "R2", subject="math")],
                    [teacher("T1", "S1"), teacher("T2", "S1", alt_subjects=("math",), pref_1="N2", pref_2="Z")])
    alone = replace(BASE, rules=(Quota(id="one", title=Text("一人", "One"), at_most=Fraction(1)), *BASE.rules))
    told = explained(solved(case, alone)[2], "T2" if solved(case, alone)[2].placements("T1") else "T1")
    assert not told.placed
    assert told.held == ("one",)
    assert "未安置：可去的岗位中凡有空席的，安排过去都会违反“一人”（one）。" in told.zh
    assert "at every empty seat open to them they would break \"One\" (one)." in told.en
    assert re.search("。有 [12] 个岗位可去", told.zh)
    assert re.search(r"\. Posts open to them: [12]", told.en)


def test_who_travels_with_others_is_told_so():
    staff = [teacher("T1", "S1", group="G"), teacher("T2", "S1", group="G"), teacher("T3", "S1")]
    case = instance(SITES, [need("N1", "R1", 2), need("N2", "R2")], staff)
    inquiry = solved(case, BASE)[2]
    told = explained(inquiry, "T1")
    assert "与教师T2（T2）同行：按规则“同行组同去一县”，要么同去一处，要么都不去。" in told.zh
    assert 'Travels with 教师T2 (T2): by the rule "A group goes to one county", they go to the same place' in told.en
    assert "同行" not in explained(inquiry, "T3").zh


def test_wishes_are_told_with_what_stands_in_the_way():
    case = instance(SITES, [need("N1", "R1"), need("N2", "R2", subject="math"), need("N3", "R2", subject="english")],
                    [teacher("T1", "S1", pref_1="R2", pref_2="N2", subject="english", alt_subjects=("chinese",))])
    one = replace(BASE, rules=(Quota(id="none", title=Text("无人", "None"), at_most=Fraction(0)), *BASE.rules))
    told = explained(solved(case, one)[2], "T1")
    assert "English, primary." in told.en
    assert "Wish no. 1, R2学校 (R2): 1 post there open to the teacher, with 1 seat left; the plan does not" in told.en
    assert "第 2 意向 ZR2学校（岗位 N2）：那里只有 1 个岗位，不符合“学科相符”。" in told.zh
    assert 'its only post is refused by "Subject".' in told.en


def test_the_goals_are_those_that_the_plan_was_made_by():
    near = Variant("near", BASE.title, {"km": 10, "not_paired": 0})
    plan = replace(solved(CASE, BASE)[2].plan, plan="near")
    told = explained(Inquiry(CASE, replace(BASE, variants=(near,)), plan), "T1")
    assert told.to_dict()["placed"][0]["points"] == [{"km": 123}]


@pytest.mark.parametrize(("given", "suggest"), [("T4", "T0004"), ("t0001", "T1"), ("教师T2", "T2")])
def test_an_unknown_teacher_is_met_with_the_nearest(inquiry, given, suggest):
    with pytest.raises(InputError) as found:
        explained(inquiry, given)
    assert found.value.findings[0].suggest[0] == suggest
