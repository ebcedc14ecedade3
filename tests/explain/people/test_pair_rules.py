"""What is so of a pair and what each rule asks, in words; and that both readings of a rule agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from matching import policy as policies
from matching.audit import facts
from matching.domain.text import Text
from matching.explain.people.pair_rules import pair_rules
from matching.policy.model import Require
from matching.problem import compile
from tests.builders import distance, instance, need, site, teacher
from tests.policies import WHEN
from tests.strategies import instances

BASE = policies.load("base")
MORE = tuple(Require(id=f"more-{at}", title=Text("更多", "More"), that=(policies.condition(text),))
             for at, text in enumerate(WHEN) if text)


def of(person, post, *rules, host=None, **sheets):
    case = instance([site("S1", "sender"), host or site("R1", "receiver", county="Y")], [post], [person], **sheets)
    found = pair_rules(facts(case, replace(BASE, rules=(*rules, *BASE.rules))), person.teacher_id, post.need_id)
    return {rule.rule: rule for rule in found}


def rule(text, **given):
    return Require(id="r", title=Text("规则", "Rule"), that=(policies.condition(text),), **given)


def test_a_subject_that_does_not_fit_is_told_from_both_sides():
    person = teacher("T1", "S1", subject="physics", alt_subjects=("math",))
    found = of(person, need("N1", "R1", subject="it"))["subject"]
    assert found.refuses
    assert found.actual == Text("教师教物理（兼数学），岗位要信息技术",
                                "the teacher teaches physics (also math), the post is for IT")
    assert found.required == Text("学科相同或可兼", "the same, or one that may stand in for it")


def test_a_teacher_of_all_subjects_is_no_generalist_in_english():
    found = of(teacher("T1", "S1", subject="generalist"), need("N1", "R1", subject="math"))["subject"]
    assert found.actual.en == "the teacher teaches all subjects, the post is for math"


def test_a_distance_stands_beside_the_limit_that_the_teacher_stated():
    found = of(teacher("T1", "S1", max_km=65.0), need("N1", "R1"), distances=[distance("S1", "R1", 38.4)])["max-km"]
    assert found.met
    assert found.actual == Text("距离 38.4 公里", "38.4 km away")
    assert found.required == Text("不超过 65（教师的最远公里）", "at most 65 (the teacher's farthest distance in km)")


def test_a_limit_that_was_not_stated_is_none():
    found = of(teacher("T1", "S1"), need("N1", "R1"))
    assert found["min-title"].required.zh == "不限（岗位的最低职称没有填）"
    assert found["min-title"].required.en == "no limit (the post's lowest title allowed: not given)"
    assert found["max-km"].actual == Text("距离未知", "the distance is not known")


def test_a_column_is_called_what_a_reader_calls_it():
    found = of(teacher("T1", "S1"), need("N1", "R1", post_type="shadowing"))["post-type"]
    assert found.actual == Text("岗位类别：跟岗", "the post type: shadowing")
    assert found.required.en == "must be teaching (the teacher's post types)"


def test_sites_are_told_by_name():
    found = of(teacher("T1", "S1", avoid_sites=("R1",)), need("N1", "R1"))["avoid"]
    assert found.refuses
    assert found.actual.zh == "受援学校：R1学校（R1）"
    assert found.required.zh == "不得为 R1学校（R1）（教师的回避学校）"


def test_a_rule_that_does_not_concern_the_pair_is_left_out():
    assert "lock" not in of(teacher("T1", "S1"), need("N1", "R1"))
    assert of(teacher("T1", "S1", lock_need="N1"), need("N1", "R1"))["lock"].met


@pytest.mark.parametrize(("unknown", "refuses", "zh"), [
    ("refuse", True, "不低于 40（没有填，按政策视为不符合）"),
    ("accept", False, "不低于 40（没有填，按政策视为符合）"),
])
def test_what_is_not_given_is_read_as_the_policy_says(unknown, refuses, zh):
    case = instance([site("S1", "sender"), site("R1", "receiver")], [need("N1", "R1")], [teacher("T1", "S1")])
    policy = replace(BASE, rules=(rule("age >= 40"),), unknown=unknown)
    (found,) = pair_rules(facts(case, policy), "T1", "N1")
    assert (found.refuses, found.required.zh) == (refuses, zh)
    assert found.actual.zh == "年龄（周岁）：没有填"


def test_of_several_conditions_each_way_out_is_told():
    asked = Require(id="r", title=Text("规则", "Rule"),
                    that=(policies.condition("backbone = yes"), policies.condition("title >= senior")))
    found = of(teacher("T1", "S1"), need("N1", "R1"), asked)["r"]
    assert found.refuses
    assert found.required.zh == "须为县级及以上；或者不低于“高级”"
    assert found.actual.zh == "骨干级别（含称号）：无；教师的职称：一级"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instances(max_teachers=3, max_needs=3))
def test_it_refuses_what_the_model_refuses_and_always_finds_words(case):
    policy = replace(BASE, rules=(*BASE.rules, *MORE))
    problem, judge = compile(case, policy), facts(case, policy)
    for person in case.teachers:
        for post in case.needs:
            found = pair_rules(judge, person.teacher_id, post.need_id)
            refusing = tuple(rule.rule for rule in found if rule.refuses)
            assert refusing == problem.refusals(person.teacher_id, post.need_id)
            for one in found:
                words = " ".join((*one.actual, *one.required))
                assert all((*one.actual, *one.required)), one
                assert "None" not in words
                assert "{" not in words
