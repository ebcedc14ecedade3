"""A simulation in words and pictures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from matching.domain.text import Text
from matching.policy import condition
from matching.report.arrivals.charts import HEIGHT, WIDTH, curve, histogram
from matching.report.arrivals.grids import SHEETS
from matching.report.arrivals.page import page
from matching.report.arrivals.words import between, model_words, sentences, share, small, variant_words
from matching.scenarios.arrivals.model import Arrivals, Band, Distance, Group, Odds, Wish
from matching.scenarios.arrivals.read import uniform
from matching.scenarios.arrivals.records import Chance, Difference, GoalChange, Number
from matching.scenarios.arrivals.result import Variant
from matching.scenarios.arrivals.simulate import simulate
from tests.scenarios.arrivals import cases


@pytest.fixture(scope="module")
def found():
    return simulate(cases.inquiry(cases.small(1), cases.policy(cases.BACKBONE, cases.EACH)), uniform("0.8"), draws=600)


def variant(low, moved=2, note=None):
    worth = Difference(low + 1, low, low + 2)
    return Variant("expected", 0, "optimal", None, moved, None, None, worth, worth, note,
                   (GoalChange("fill", 9, 9), GoalChange("points", 5, 8)))


def test_both_languages_say_as_much(found):
    said = list(sentences(found))
    assert all(line.zh and line.en for line in said)
    assert any("分" not in line.zh and "%" in line.en for line in said)
    assert any("send" in line.en for line in said)


def test_a_chance_near_0_or_1_has_more_decimals():
    assert between(Chance(0, 10000, 0.0, 0.00037)).en == "0.00% (95% interval 0.00% to 0.04%)"
    assert between(Chance(950, 1000, 0.934, 0.963)).zh == "95.0%（95% 区间 93.4% 至 96.3%）"
    assert (small(0.001), small(1.5), small(-2)) == ("0", "+1.50", "-2.00")


def test_a_better_plan_is_called_so_with_its_price_and_no_other():
    assert "it is better; its price" in variant_words(variant(0.5)).en
    assert "from 5 to 8" in variant_words(variant(0.5)).en
    assert "no better" in variant_words(variant(-0.5)).en
    assert "看不出更好" in variant_words(variant(-0.5)).zh
    assert "原方案" in variant_words(variant(0, moved=0)).zh
    assert variant_words(variant(0, note=Text("无", "none"))).en == "none"


def test_a_model_is_told_line_by_line():
    when = (condition("km > 50"),)
    model = Arrivals(Fraction(9, 10), Fraction(963, 1000), (Group(when, Fraction(1, 3)),), (Odds(when, Fraction(2)),),
                     Distance(Fraction(1, 2), (Band(Fraction(50), Fraction(2)), Band(None, Fraction(3)))),
                     Wish(first=Fraction(4)), Fraction(1, 2))
    lines = [line.en for line in model_words(model)]
    assert lines == ["rate 90%", "of whom km > 50: 33.33%", "km > 50: odds times 2", "each 100 km: odds times 0.5",
                     "up to 50 km: odds times 2", "farther: odds times 3", "first wish: odds times 4",
                     "asked late, from the reserve: odds times 0.5", "shifted as a whole to a mean rate of 96.3%"]
    assert share(Fraction(963, 1000)) == "96.3%"


def test_bars_stand_for_all_draws_and_stay_in_the_frame():
    chart = histogram({90: 3, 97: 7}, {95: 4, 100: 6}, 100)
    assert sum(bar.draws for bar in chart.first) == sum(bar.draws for bar in chart.second) == 10
    assert max(bar.height for bar in (*chart.first, *chart.second)) == HEIGHT
    assert max(bar.x + bar.width for bar in chart.first) == pytest.approx(WIDTH)
    assert 0 < chart.planned < WIDTH
    wide = histogram({0: 1}, {1500: 1}, 1500)
    assert sum(bar.draws for bar in (*wide.first, *wide.second)) == 2
    assert len(wide.first) <= 62


def test_a_curve_needs_points():
    assert curve(Number(5, None, 0.0, 5, 0.5, None), 0.95) is None
    line = curve(Number(5, 7, 0.96, 5, 0.9, None, ((5, 0.5), (6, 0.9), (7, 0.96), (8, 0.99))), 0.95)
    assert line.chosen == pytest.approx(WIDTH * 2 / 3)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_and_the_page_are_made(found, lang):
    for make in SHEETS.values():
        grid = make(found, lang)
        assert len({len(column.cells) for column in grid.columns}) == 1
    shown = page(found, lang)
    assert "None" not in shown
    assert shown.count("<svg") >= 3
