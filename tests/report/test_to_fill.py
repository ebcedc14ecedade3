"""What is missing is told by the columns that a planner fills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matching.domain.text import Lang
from matching.policy.fields import FIELDS
from matching.policy.model import Require
from matching.report import Report
from matching.report.study_words import WORDS
from matching.report.to_fill import to_fill
from matching.studies.unverified import COLUMNS, UnverifiedRow
from tests import builders as b
from tests.report.test_studies import made
from tests.studies.cases import TITLE, when

SHOWN = {c.key: WORDS[c.kind] for c in COLUMNS}


def shown(report: Report, field: str, lang: Lang = "zh") -> str:
    """The cell of 缺少的内容 in a row of the first teacher."""
    return str(SHOWN["field"](UnverifiedRow("age", "T1", field, 1, False), field, report, lang))


@pytest.mark.parametrize(("field", "zh", "en"), [
    ("age", "教师的出生年月", "teacher: birth"),
    ("years_in_title", "教师的职称取得年月", "teacher: title_since"),
    ("years_here", "教师的来校年月", "teacher: joined"),
    ("appraisals_ok", "教师的近三年考核（三年都要填）", "teacher: appraisals (all three)"),
    ("years_since_rural", "教师的最近农村任教止", "teacher: rural_until"),
    ("served_since_title", "教师的最近农村任教止、教师的职称取得年月", "teacher: rural_until, teacher: title_since"),
    ("km", "学校的经度、纬度，或距离表的公里", "sites: lon and lat, or distances: km"),
    ("minutes", "距离表的车程(分)", "distances: minutes"),
    ("same_consortium", "派出学校的办学联合体、受援学校的办学联合体",
     "sending site: consortium, receiving site: consortium"),
    ("home_county_match", "教师的家庭所在县", "teacher: home_county"),
    ("host.pupils", "受援学校的学生数", "receiving site: pupils"),
    ("max_hours", "教师的兼职课时上限", "teacher: max_hours"),
])
def test_the_columns_to_fill_are_named(field: str, zh: str, en: str) -> None:
    report = made()
    assert (shown(report, field), shown(report, field, "en")) == (zh, en)


def test_what_is_given_already_is_not_asked_for_again() -> None:
    known = b.teacher("T", "S", title_since=date(2020, 9, 1), rural_years=3.0)
    assert to_fill("served_since_title", known, "zh") == "教师的最近农村任教止"


def test_every_field_that_a_condition_may_name_has_words() -> None:
    nobody = b.teacher("T", "S")
    assert all(to_fill(name, nobody, "zh") for name in FIELDS)


def test_the_page_and_the_workbook_say_it_in_the_column_of_what_is_missing() -> None:
    report = made()
    (row,) = report.studies["unverified"]
    assert (row.teacher, SHOWN["field"](row, row.field, report, "zh")) == ("T1", "教师的出生年月")
    rule = Require(id="age", title=TITLE, that=when("years_since_rural >= 1"), enforce="report")
    people = (report.instance.teachers[0]._replace(rural_years=2.0), *report.instance.teachers[1:])
    rules = tuple(rule if r.id == "age" else r for r in report.policy.rules)
    again = replace(report, instance=replace(report.instance, teachers=people),
                    policy=replace(report.policy, rules=rules))
    assert {SHOWN["field"](r, r.field, again, "zh") for r in again.studies["unverified"]} == {"教师的最近农村任教止"}
