"""The plans side by side: what another one would change, and how firm the ranking is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from matching.domain.plan import GoalLine
from matching.domain.text import Lang
from matching.report import Report
from matching.report.comparison import compared, losses
from matching.report.differences import changes
from matching.report.page.page import page
from matching.report.ranges import beyond, range_words, weight_ranges
from matching.scoring import Candidate, Range, rank
from tests import builders as b
from tests.report.samples import POLICY, sample
from tests.scoring.plans import metrics, placement, plan

SITES = [b.site("S", "sender"), b.site("H1", "receiver", county="甲县"), b.site("H2", "receiver", county="乙县")]
NEEDS = [b.need("N1", "H1", 2), b.need("N2", "H2", 2)]
INSTANCE = b.instance(SITES, NEEDS, [b.teacher(f"T{k}", "S") for k in (1, 2, 3)])
FIRST = plan("main", placement("T1", "N1"), placement("T2", "N1"))
SECOND = plan("nearest", placement("T1", "N2"), placement("T3", "N2"), placement("T2", "N1"))
THIRD = plan("alternative-1", placement("T1", "N1"))


def made() -> Report:
    """The nearest comes first, the main plan where fill weighs more than half."""
    policy = replace(POLICY, ranking={"fill": Fraction(1), "km": Fraction(3)})
    found = [Candidate(FIRST, "main", metrics(fill=8, km=40)), Candidate(SECOND, "nearest", metrics(fill=6, km=20)),
             Candidate(THIRD, None, metrics(fill=6, km=40))]
    return Report(INSTANCE, policy, rank(policy, found))


def figures(report: Report, lang: Lang) -> dict[str, list[str]]:
    return {figure.name: figure.values for figure in compared(report, lang)}


def test_each_plan_says_what_it_would_change_of_the_first() -> None:
    main, alternative = changes(made(), "zh")
    assert main == ("主方案", "2", "换岗 1，新安置 0，不再安置 1", "甲县 +1", "乙县 -2")
    assert alternative.plan.endswith("alternative-1")
    assert alternative[1:] == ("3", "换岗 1，新安置 0，不再安置 2", "—", "乙县 -2")
    assert figures(made(), "en")["Taking it instead: teachers who move"] == ["—", "2", "3"]


def test_a_range_names_who_is_first_beyond_it() -> None:
    rows = weight_ranges(made(), "zh")
    assert [tuple(row) for row in rows] == [
        ("需求满足", "25.0%", "0.0%～50.0%", "高于 50.0%：“主方案”第一"),
        ("平均公里", "75.0%", "50.0%～100.0%", "低于 50.0%：“主方案”第一")]
    assert figures(made(), "en")["Stays first with: Fill (weight 25%)"] == ["0.0% to 50.0%", "first above 50.0%", ""]


def test_a_range_without_ends_is_any() -> None:
    whole = Range(Fraction(1, 4), Fraction(0), Fraction(1), None, None)
    assert range_words(whole, "en") == "any (0% to 100%)"
    assert beyond(whole, "main", "en") == ""


def test_a_plan_alone_has_nothing_to_be_compared_with() -> None:
    one = Report(INSTANCE, POLICY, rank(POLICY, [Candidate(FIRST, "main", metrics())]))
    assert not changes(one, "zh")
    assert not weight_ranges(one, "zh")
    assert not [name for name in figures(one, "zh") if name.startswith(("改用", "保持"))]


@pytest.mark.parametrize(("lang", "words"), [("zh", ("改用其他方案", "排名稳不稳")),
                                             ("en", ("What another plan would change", "How firm the ranking is"))])
def test_both_stand_on_the_page(lang: Lang, words: tuple[str, str]) -> None:
    markup = page(sample(), lang)
    assert all(word in markup for word in words)


def test_what_a_further_plan_loses_of_the_main_plans_goals_is_said() -> None:
    def stated(made: Candidate, fill: int, points: int) -> Candidate:
        lines = (GoalLine("fill", fill, fill, fill, 0.0), GoalLine("points", points, points, points, 0.0))
        return made._replace(plan=replace(made.plan, goals=lines))

    found = [stated(Candidate(FIRST, "main", metrics(fill=8)), 8, 100),
             stated(Candidate(THIRD, None, metrics(fill=6)), 6, 90)]
    report = Report(INSTANCE, POLICY, rank(POLICY, found))
    said = [figure.values for figure in losses(report, "en")]
    assert sorted(map(sorted, said)) == [["better by 10", "—"], ["worse by 2", "—"]]
    assert not losses(made(), "en")
