from __future__ import annotations

from fractions import Fraction

import pytest

from matching.domain.plan import GoalLine, Plan
from matching.report.words import (
    decimal,
    gap_words,
    goal_note,
    money,
    percent,
    plan_title,
    school_years,
    status_words,
    word,
    yes_no,
)
from tests.report.samples import POLICY


@pytest.mark.parametrize(("share", "shown"), [
    (Fraction(1, 3), "33.3%"), (1, "100.0%"), (Fraction(9999, 10000), "99.9%"), (None, "—"), (0, "0.0%"),
])
def test_a_share_is_never_rounded_to_the_whole(share: Fraction | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(("gap", "shown"), [
    (0.0001, "0.01%"), (0.00008301, "0.0084%"), (0.012, "1.2%"), (0.0121, "1.3%"), (1.5, "150%"), (1e-9, "1e-07%"),
])
def test_a_gap_is_rounded_up(gap: float, shown: str) -> None:
    assert gap_words(gap, "zh") == f"距最优至多 {shown}"
    assert gap_words(gap, "en") == f"at most {shown} from the optimum"


def test_a_proven_goal_is_said_to_be_so() -> None:
    assert gap_words(0, "zh") == "已证明最优"


def test_the_status_tells_the_widest_gap() -> None:
    lines = (GoalLine("fill", 10, 10, 10, 0.0), GoalLine("points", 5, 5, 4, 0.2))
    assert status_words(Plan("main", "optimal", 0, (), lines), "zh") == "每个目标都已证明最优"
    assert status_words(Plan("main", "feasible", 0, (), lines), "zh") == "距最优至多 20%"
    assert status_words(Plan("main", "feasible", 0, ()), "en") == "feasible, not proven optimal"


def test_what_was_given_up_of_a_goal_is_said() -> None:
    assert goal_note(GoalLine("fill", 6160, 6168, 6168, 0.0), "zh") == "为后面的目标让出 8"
    assert goal_note(GoalLine("fill", 6168, 6168, 6168, 0.0), "zh") == ""


def test_plans_have_titles() -> None:
    assert [plan_title(POLICY, v, "zh") for v in ("main", "nearest", None)] == ["主方案", "就近优先", "相异方案"]


def test_figures_and_words() -> None:
    assert decimal(Fraction(12345, 10)) == "1,234.5"
    assert [money(n).zh for n in (6_750_000, 25_000)] == ["675.0 万元", "25,000 元"]
    assert [school_years(t, "en") for t in (1, 0.5)] == ["1 school year", "0.5 school years"]
    assert [yes_no(v, "zh") for v in (True, None)] == ["是", "否"]


def test_a_word_outside_the_vocabulary_stands_for_itself() -> None:
    from matching.domain.terms import SUBJECT

    assert [word(SUBJECT, key, "zh") for key in ("math", "陶艺", None)] == ["数学", "陶艺", ""]
    assert [word(SUBJECT, key, "en") for key in ("early_years", "it")] == ["early years", "IT"]
