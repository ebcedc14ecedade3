"""Derived fields, one by one (Contract 2, Fields; readings 2 to 11)."""

import math
from datetime import date
from fractions import Fraction

import pytest

from matching.audit import Facts
from tests import builders as b
from tests.audit.helpers import policy, subsidy

HOME = b.site("S1", "sender", county="甲县", prefecture="东市", consortium="联合体")
HOST = b.site("R1", "receiver", county="乙县", prefecture="东市")


def facts_of(teacher=None, need=None, host=HOST, rules=(), **sheets):
    posts = [need or b.need("N1", "R1"), b.need("N2", "R1")]
    return Facts(b.instance([HOME, host], posts, [teacher or b.teacher("T1", "S1")], **sheets), policy(*rules))


def raw(name, teacher=None, need=None, host=HOST, **sheets):
    facts = facts_of(teacher, need, host, **sheets)
    return facts.get(name, facts.pair("T1", "N1"))


@pytest.mark.parametrize(("birth", "age"), [
    (date(1980, 9, 1), 46), (date(1980, 10, 1), 45), (date(1980, 8, 1), 46), (None, None), (date(2026, 9, 1), 0),
])
def test_age_counts_birthdays_passed(birth, age):
    assert raw("age", b.teacher("T1", "S1", birth=birth)) == age
    assert raw("years_in_title", b.teacher("T1", "S1", title_since=birth)) == age
    assert raw("years_here", b.teacher("T1", "S1", joined=birth)) == age


@pytest.mark.parametrize(("years", "until", "since", "away", "after"), [
    (0.0, None, date(2020, 1, 1), math.inf, False),
    (0.0, None, None, math.inf, False),
    (2.0, None, date(2020, 1, 1), None, None),
    (2.0, date(2020, 9, 1), None, 6, None),
    (0.0, date(2020, 10, 1), date(2020, 9, 1), 5, True),
    (2.0, date(2020, 9, 1), date(2020, 9, 1), 6, False),
])
def test_rural_service(years, until, since, away, after):
    teacher = b.teacher("T1", "S1", rural_years=years, rural_until=until, title_since=since)
    assert raw("years_since_rural", teacher) == away
    assert raw("served_since_title", teacher) is after


@pytest.mark.parametrize(("given", "ok"), [
    (("pass", "excellent", "pass"), True), (("pass", "basic", "pass"), False), (("pass", "pass"), None), ((), None),
    (("pass", "pass", "pass", "fail"), True),
])
def test_appraisals(given, ok):
    assert raw("appraisals_ok", b.teacher("T1", "S1", appraisals=given)) is ok


def test_backbone_is_the_higher_of_level_and_honours():
    rows = [b.dictionary_row("honour", "学科带头人", "市级"), b.dictionary_row("honour", "教学能手", "校级")]
    teacher = b.teacher("T1", "S1", backbone="county", honours=("教学能手", "学科带头人 ", "先进个人"))
    assert raw("backbone", teacher, dictionary=rows) == "city"
    assert raw("backbone", teacher) == "county"


@pytest.mark.parametrize(("main", "alternatives", "asked", "accepted", "fit"), [
    ("math", (), "math", (), "main"), ("math", ("physics",), "physics", (), "alt"),
    ("math", (), "physics", ("math",), "alt"), ("math", ("art",), "physics", ("art",), "none"),
])
def test_subject_fit(main, alternatives, asked, accepted, fit):
    teacher = b.teacher("T1", "S1", subject=main, alt_subjects=alternatives)
    assert raw("subject_fit", teacher, b.need("N1", "R1", subject=asked, alt_subjects=accepted)) == fit


@pytest.mark.parametrize(("stages", "fit"), [
    (("primary", "junior"), "main"), (("junior", "primary"), "other"), (("junior",), "none"),
])
def test_stage_fit(stages, fit):
    assert raw("stage_fit", b.teacher("T1", "S1", stages=stages)) == fit


@pytest.mark.parametrize(("offered", "accepted", "mode"), [
    (("resident",), ("resident",), "resident"), (("part_time", "resident"), ("resident", "part_time"), "part_time"),
    (("online", "resident"), ("resident",), "resident"), (("online",), ("resident",), None),
])
def test_mode_is_the_first_of_the_post_that_both_accept(offered, accepted, mode):
    assert raw("mode", b.teacher("T1", "S1", modes=accepted), b.need("N1", "R1", modes=offered)) == mode


@pytest.mark.parametrize(("post", "site", "spoken", "ok"), [
    (None, None, (), True), (None, "藏语", (), False), (None, "藏语", ("英语", " 藏语"), True),
    ("普通话", "藏语", (), True), ("Mandarin", "藏语", (), True), ("藏语", None, (), False), (None, "汉语", (), True),
])
def test_language(post, site, spoken, ok):
    teacher = b.teacher("T1", "S1", languages=spoken)
    assert raw("language_ok", teacher, b.need("N1", "R1", language=post), HOST._replace(language=site)) is ok


@pytest.mark.parametrize(("wishes", "met"), [
    ((None, None, None), "none"), (("N1", None, None), 1), (("N2", "R1", "乙县"), 2), (("甲县", "无", "乙县"), 3),
    ((None, "乙县", "N1"), 2), (("N2", None, None), "none"),
])
def test_preference_is_the_highest_wish_met(wishes, met):
    teacher = b.teacher("T1", "S1", **dict(zip(("pref_1", "pref_2", "pref_3"), wishes, strict=True)))
    assert raw("preference", teacher) == met


@pytest.mark.parametrize(("last", "moved"), [(None, False), ("N1", False), ("N2", True), ("N9", False)])
def test_moved(last, moved):
    assert raw("moved", b.teacher("T1", "S1", last_need=last)) is moved


def test_places_that_are_the_same():
    assert raw("same_county") is False
    assert raw("same_prefecture") is True
    assert raw("same_consortium") is None
    assert raw("same_consortium", host=HOST._replace(consortium="联合体")) is True
    assert raw("home_county_match") is None
    assert raw("home_county_match", b.teacher("T1", "S1", home_county="乙县")) is True


def test_kilometres_and_minutes():
    rows = [b.distance("甲县", "乙县", 38.45, minutes=50)]
    assert raw("km", distances=rows) == Fraction(385, 10)
    assert raw("minutes", distances=rows) == 50
    assert raw("km") is None
    assert raw("minutes") is None


def test_yuan_of_a_placement():
    """Of one item the first rule that matches; items add up; times the term, half up."""
    rules = [subsidy("far", 30001, when="host.county = 乙县"), subsidy("near", 25000), subsidy("bus", 100, "bus"),
             subsidy("off", 9, "other", on=False)]
    facts = facts_of(need=b.need("N1", "R1", term=0.5), rules=rules)
    assert facts.yuan(facts.pair("T1", "N1")) == 15051
    assert facts.yuan(facts.pair("T1", "N2")) == 30101


def test_placement():
    teacher = b.teacher("T1", "S1", lock_need="R1", pref_2="乙县")
    facts = facts_of(teacher, rules=[subsidy("s", 7)], distances=[b.distance("S1", "R1", 38.4)])
    assert facts.placement("T1", "N1") == ("T1", "N1", "resident", 38.4, 7, 2, "main", "main", True)
    assert not facts_of(teacher._replace(lock_need="N2")).placement("T1", "N1").locked
