from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from matching.audit import Flow
from matching.domain.plan import RuleLine
from matching.domain.text import Lang, Text
from matching.policy.model import Balance, Place, Quota, Rule, Staffing
from matching.report.standing import Standing, standings, summaries
from matching.report.xlsx.rules import rules
from tests.report.samples import sample

TITLE = Text("规则", "rule")


def stand(rule: Rule, *lines: tuple[str, int | str, int | str, int], lang: Lang = "zh",
          flows: Mapping[tuple[str, str], Flow] | None = None) -> list[Standing]:
    """How a rule stands where its lines are (group, value, required, shortfall)."""
    made = sample(20)
    told = tuple(RuleLine(rule.id, group, value, required, not short, short) for group, value, required, short in lines)
    return standings(replace(made, policy=replace(made.policy, rules=(rule,)), rules=told, flows=flows or {}), lang)


def share(**bounds: Fraction) -> Quota:
    return Quota(id="q", title=TITLE, of="placed", **bounds)  # type: ignore[arg-type]


def test_a_share_has_numerator_denominator_and_percent() -> None:
    line = stand(share(at_least=Fraction(1, 5)), ("plan", "9/47", "1/5", 1))[0]
    assert (line.numerator, line.denominator, line.ratio) == (9, 47, "9/47")
    assert (line.group, line.actual, line.required, line.shortfall) == ("全部安置", "19.1%", "≥ 20%", "1 人")


@pytest.mark.parametrize(("rule", "required", "shown"), [
    (share(at_most=Fraction(1, 3)), "1/3", "≤ 33.33%"),
    (share(at_least=Fraction(1, 10), at_most=Fraction(1, 5)), "1/10..1/5", "10% – 20%"),
    (share(at_least=Fraction(1)), 1, "≥ 100%"),
])
def test_bounds_of_shares(rule: Quota, required: int | str, shown: str) -> None:
    assert stand(rule, ("plan", "1/2", required, 0))[0].required == shown


@pytest.mark.parametrize(("lang", "said"), [("zh", "无人适用"), ("en", "nobody concerned")])
def test_a_share_of_nobody_says_so(lang: Lang, said: str) -> None:
    line = stand(share(at_least=Fraction(1, 5)), ("plan", "0/0", "1/5", 0), lang=lang)[0]
    assert (line.actual, line.nobody, line.ok) == (said, True, True)
    some = stand(share(at_least=Fraction(1, 5)), ("plan", "0/3", "1/5", 1), lang=lang)[0]
    assert (some.actual, some.nobody) == ("0.0%", False)


def test_the_sheet_does_not_call_a_share_of_nobody_met() -> None:
    made = sample(20)
    rule = share(at_least=Fraction(1, 5))
    told = tuple(RuleLine("q", *line, True, 0) for line in (("甲县", "0/0", "1/5"), ("乙县", "1/2", "1/5")))
    grid = rules(replace(made, policy=replace(made.policy, rules=(rule,)), rules=told), "zh")
    assert [tuple(grid.columns[at].cells) for at in (2, 5, 8)] == [
        ("甲县", "乙县"), ("无人适用", "50.0%"), ("—", "是")]


def test_measures_have_their_units() -> None:
    km = Quota(id="q", title=TITLE, measure="km", at_most=Fraction(900))
    line = stand(km, ("plan", "91234.5", 90000, 12345))[0]
    assert (line.actual, line.required, line.shortfall) == ("91,234.5 公里", "≤ 90,000 公里", "1,234.5 公里")
    yuan = Quota(id="q", title=TITLE, measure="yuan", at_most=Fraction(900))
    assert stand(yuan, ("plan", 12_345_678, 900, 12345))[0].shortfall == "12,345,000 元"


def test_groups_have_names() -> None:
    instance = sample(20).instance
    site = instance.sites[0]
    rule = Quota(id="q", title=TITLE, per=("home.site_id", "subject"), at_most=Fraction(1))
    assert stand(rule, (f"{site.site_id} * math", 1, 1, 0))[0].group == f"{site.name}（{site.site_id}） × 数学"
    first = instance.teachers[0]
    place = Place(id="p", title=TITLE)
    assert stand(place, (first.teacher_id, 1, 1, 0))[0].group == f"{first.name}（{first.teacher_id}）"
    pair = Quota(id="q", title=TITLE, per=("pairing.row",), at_most=Fraction(1))
    assert stand(pair, ("甘州区 > 玛曲县 #2", 1, 1, 0))[0].group == "甘州区 > 玛曲县 #2"


def test_a_hard_rule_that_holds_everywhere_is_told_in_a_line() -> None:
    rule = Quota(id="q", title=TITLE, per=("need.need_id",), at_most=Fraction(1))
    many = [(f"N{i}", 1, 1, 0) for i in range(30)]
    assert [line.group for line in stand(rule, *many)] == ["共 30 组，全部达标"]
    assert len(stand(rule, *many, ("N99", 2, 1, 1))) == 31
    assert len(stand(replace(rule, enforce="elastic"), *many)) == 30


def test_summaries_count_groups_and_put_the_short_first() -> None:
    found = summaries(sample(), "zh")
    assert [(s.rule, s.groups, s.short, s.shortfall) for s in found[:2]] == [
        ("county-share", 12, 3, "3 人"), ("mean-km", 1, 1, "1,234.5 公里")]
    assert next(s for s in found if s.rule == "backbone-share").required == "≥ 20%"


def test_a_balance_says_who_leaves_and_who_comes() -> None:
    site = sample(20).instance.sites[0]
    rule = Balance(id="b", title=TITLE, per=("home.site_id", "subject"), at_most=Fraction(0))
    group = f"{site.site_id} * math"
    line = stand(rule, (group, 1, 0, 1), flows={("b", group): Flow(3, 2)})[0]
    assert (line.actual, line.required, line.shortfall) == ("派出 3 人，到岗 2 人", "派出减到岗 ≤ 0 人", "1 人")
    assert line.group == f"{site.name}（{site.site_id}） × 数学"
    line = stand(rule, (group, 1, 0, 1), flows={("b", group): Flow(3, 2)}, lang="en")[0]
    assert (line.actual, line.required) == ("leaves 3, comes 2", "leaves less comes ≤ 0")


def test_a_balance_without_its_flows_has_their_difference() -> None:
    rule = Balance(id="b", title=TITLE, at_least=Fraction(-1), at_most=Fraction(1))
    line = stand(rule, ("S1", -2, "-1..1", 1))[0]
    assert (line.actual, line.required) == ("派出减到岗 -2 人", "派出减到岗 -1 人 – 1 人")
    even = Balance(id="b", title=TITLE, at_least=Fraction(0), at_most=Fraction(0))
    assert stand(even, ("S1", -2, 0, 2), lang="en")[0].required == "leaves less comes = 0"
    reported = Balance(id="b", title=TITLE, enforce="report")
    assert stand(reported, ("S1", -2, "", 0))[0].required == ""


def test_staffing_is_measured_only() -> None:
    rule = Staffing(id="s", title=TITLE, stage="primary", pupils_per_post=Fraction(19))
    short, full, unknown = stand(rule, ("A", 17, 20, 3), ("B", 21, 20, 0), ("C", "", 2, 0))
    assert (short.actual, short.required, short.shortfall, short.ok) == ("现有 17 人", "应有 20 人", "3 人", False)
    assert (short.enforce, full.ok, unknown.actual) == ("report", True, "教师数未填")
    line = stand(rule, ("A", 17, 20, 3), lang="en")[0]
    assert (line.actual, line.required) == ("there are 17", "20 called for")
    assert len(stand(rule, *((f"S{i}", 3, 2, 0) for i in range(30)))) == 30


def test_a_quota_that_is_only_reported_may_ask_for_nothing() -> None:
    rule = Quota(id="q", title=TITLE, measure="sites", enforce="report")
    line = stand(rule, ("plan", 3, "", 0))[0]
    assert (line.actual, line.required) == ("3 所学校", "")


def test_a_balance_that_holds_everywhere_lists_where_people_move() -> None:
    rule = Balance(id="b", title=TITLE, at_most=Fraction(0))
    lines = [(f"S{i}", 0, 0, 0) for i in range(30)]
    flows = {("b", f"S{i}"): Flow(i // 29, i // 29) for i in range(30)}
    found = stand(rule, *lines, flows=flows)
    assert [(line.group, line.actual) for line in found] == [
        ("S29", "派出 1 人，到岗 1 人"), ("其余 29 组，无人进出", "")]
    assert [line.group for line in stand(rule, *lines)] == ["共 30 组，全部达标"]
