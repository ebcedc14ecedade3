"""Conditions over arrays: operators, lists, missing values."""

from datetime import date

import numpy as np
import pytest

from matching.domain.text import Text
from matching.policy import condition
from matching.policy.model import Policy
from matching.problem.conditions import Pairs, holds, restricted
from matching.problem.fields import Fields
from tests.builders import distance, instance, need, pairing, site, teacher

TITLE = Text("测试", "Test")


@pytest.fixture
def fields():
    sites = [site("A", "sender", county="甘州区", prefecture="张掖市"),
             site("B", "receiver", county="玛曲县", language="藏语", hardship=4),
             site("C", "receiver", county="岷县", prefecture="定西市")]
    needs = [need("N1", "B", 2, modes=("part_time", "resident"), min_title="first", backbone_required="yes"),
             need("N2", "C", subject="math", alt_subjects=("chinese",))]
    teachers = [
        teacher("T1", "A", title="senior", backbone="city", languages=("藏语",), pref_1="岷县", max_km=40.0,
                birth=date(1976, 10, 1), rural_years=2.0, rural_until=date(2020, 7, 1), title_since=date(2015, 7, 1)),
        teacher("T2", "A", title="second", alt_subjects=("math",), avoid_sites=("C",), birth=date(1976, 9, 1),
                appraisals=("pass", "excellent", "basic")),
        teacher("T3", "A", subject="math", stages=("junior", "primary"), pref_2="N1", rural_years=3.0),
    ]
    made = instance(sites, needs, teachers, pairings=[pairing("甘州区", "玛曲县")], distances=[distance("A", "C", 40)])
    return Fields(made, Policy("test", TITLE, date(2026, 9, 1)))


def ask(fields, text, missing=False):
    """The (teacher, need) pairs for which the condition holds, as letters like 11 for T1, N1."""
    pairs = Pairs(np.repeat(np.arange(3), 2), np.tile(np.arange(2), 3))
    found = holds((condition(text),), fields, pairs, missing)
    return " ".join(f"{t + 1}{n + 1}" for t, n, yes in zip(*pairs, found, strict=True) if yes)


@pytest.mark.parametrize(("text", "pairs"), [
    ("", "11 12 21 22 31 32"),
    ("subject_fit = main", "11 21 32"),
    ("subject_fit = alt", "12 22"),
    ("stage_fit = other", "31 32"),
    ("title >= 一级", "11 12 31 32"),
    ("title >= need.min_title", "11 12 22 31 32"),
    ("title in senior|second", "11 12 21 22"),
    ("backbone = yes", "11 12"),
    ("backbone = no", "21 22 31 32"),
    ("backbone >= province", ""),
    ("backbone >= need.backbone_required", "11 12 22 32"),
    ("age <= 49", "11 12"),
    ("age = 50", "21 22"),
    ("age is empty", "31 32"),
    ("km <= 40", "12 22 32"),
    ("km <= max_km", "12 21 22 31 32"),
    ("host not in avoid_sites", "11 12 21 31 32"),
    ("pairing = allow", "11 21 31"),
    ("pairing = closed", "12 22 32"),
    ("preference = 1", "12"),
    ("preference <= 2", "12 31"),
    ("preference = none", "11 21 22 32"),
    ("language_ok = yes", "11 12 22 32"),
    ("mode = resident", "11 12 21 22 31 32"),
    ("same_prefecture = yes", ""),
    ("same_prefecture = no", "12 22 32"),
    ("years_since_rural >= 6", "11 12 21 22"),
    ("years_since_rural is empty", "31 32"),
    ("served_since_title = yes", "11 12"),
    ("served_since_title = no", "21 22"),
    ("appraisals_ok = no", "21 22"),
    ("alt_subjects = math", "21 22"),
    ("alt_subjects != math", ""),
    ("host.hardship >= 3; backbone = no", "21 31"),
])
def test_which_pairs_hold(fields, text, pairs):
    assert ask(fields, text) == pairs


def test_a_missing_left_side_holds_where_asked_to(fields):
    assert ask(fields, "age <= 49", missing=True) == "11 12 31 32"


def test_an_unstated_limit_holds_even_where_the_left_side_is_missing(fields):
    assert "21" in ask(fields, "km <= max_km").split()


def test_restricted_keeps_only_clauses_of_one_side():
    both = restricted((condition("home.rural = no; host.rural = yes; age < 50"),), "teacher")
    assert [clause.field for clause in both[0].clauses] == ["home.rural", "age"]


def test_a_site_without_a_dormitory_has_none_outside_groups(fields):
    assert ask(fields, "host.dorm is empty") == "11 12 21 22 31 32"
    assert ask(fields, "host not in host.dorm") == "11 12 21 22 31 32"


def test_no_level_required_is_a_missing_value(fields):
    assert ask(fields, "need.backbone_required is empty") == "12 22 32"
    assert ask(fields, "need.backbone_required = yes") == "11 21 31"
    assert ask(fields, "need.backbone_required = yes", missing=True) == "11 12 21 22 31 32"
