"""From instance and policy to ranked, audited plans, or a diagnosis."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import matching
from matching.audit import audit
from matching.domain.findings import InputError
from matching.domain.text import Text
from matching.policy.model import Quota, Staffing, Variant
from matching.tables import dump_plan
from tests.scenarios.years.cases import town

TITLE = Text("测试", "Test")


@pytest.fixture(scope="module")
def policy(policy):
    variants = (Variant("nearest", TITLE, {"km": 10}), Variant("wishes", TITLE, {"preference": (0, 200, 400, 800)}))
    return replace(policy, variants=variants)


@pytest.fixture(scope="module")
def result(instance, policy):
    return matching.solve(instance, policy)


def test_the_main_plan_is_proven_and_every_plan_passes_the_audit(result, instance, policy):
    assert result.status == "optimal"
    goals = [(g.goal, g.value, g.gap) for g in result.main.plan.goals]
    assert goals == [("fill", 37, 0.0), ("shortfall", 2, 0.0), ("points", 803, 0.0)]
    assert all(audit(instance, policy, choice.plan).ok for choice in result.plans)


def test_the_same_seed_gives_the_same_bytes(result, instance, policy):
    again = matching.solve(instance, policy)
    assert [dump_plan(c.plan) for c in again.plans] == [dump_plan(c.plan) for c in result.plans]


def test_placements_are_a_frame_and_everyone_has_an_explanation(result, instance):
    assert list(result.best.placements["teacher"]) == [p.teacher for p in result.best.plan.placements]
    for teacher in instance.teachers:
        told = result.best.explain(teacher.teacher_id)
        assert told.zh
        assert told.en


def test_an_unknown_teacher_is_refused_with_the_nearest_ids(result, instance):
    known = instance.teachers[0].teacher_id
    with pytest.raises(InputError, match="没有编号") as refused:
        result.best.explain(known + "x")
    assert known in refused.value.findings[0].suggest


def test_rules_that_clash_are_named_with_the_least_relaxation(instance, policy):
    hard = replace(policy, rules=(Quota(id="at-least-13", title=TITLE, at_least=Fraction(13)), *policy.rules))
    result = matching.solve(instance, hard)
    assert result.status == "infeasible"
    assert not result.plans
    assert ("at-least-13", "plan") in result.diagnosis.conflict
    assert result.diagnosis.relaxations[0].total >= 1
    with pytest.raises(LookupError):
        _ = result.best


def test_staffing_is_listed_in_the_plan_though_it_is_met_and_called_hard(instance, policy):
    rule = Staffing(id="staffing", title=TITLE, stage="primary", pupils_per_post=Fraction(1000))
    sites = tuple(s._replace(stages=("primary",), pupils=100, staff=9) for s in instance.sites)
    staffed = replace(policy, rules=(rule, *policy.rules), variants=())
    schools = replace(instance, sites=sites, staffing=())
    found = matching.solve(schools, staffed).main.plan
    lines = [line for line in found.rules if line.rule == "staffing"]
    assert [tuple(line[1:]) for line in lines] == [(s.site_id, 9, 1, True, 0) for s in sites]
    assert audit(schools, staffed, found).ok


def test_without_any_post_nobody_is_placed_and_no_rule_is_to_blame():
    result = matching.solve(replace(town(teachers=2), needs=()), matching.policy("base"))
    assert [line.reason for line in result.main.plan.unplaced] == ["not_needed"] * 2
