"""The page's markup and what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matching.domain.text import Lang, Text
from matching.planner import Front, FrontPoint, Stretch
from matching.planner.front_points import Held
from matching.report import write_report_html
from matching.report.page.distances import histogram
from matching.report.page.front import front
from matching.report.page.headline import headline
from matching.report.page.page import SECTIONS, page
from matching.report.page.schematic import MANY_LINES, schematic
from tests import builders as b
from tests.report.replanned import changed
from tests.report.samples import sample
from tests.report.test_xlsx import one_teacher, report_of
from tests.scoring.plans import plan

LANGS: tuple[Lang, ...] = ("zh", "en")
FRONT = Front(
    ("fair", "km"), (Text("均衡", "Evenness"), Text("总公里", "Kilometres in all")), (True, False),
    (FrontPoint(plan("front-1-1"), (Fraction(1, 2), Fraction(905, 2)), True),
     FrontPoint(plan("front-1-2"), (Fraction(1, 4), Fraction(300)), False)),
    (Stretch((Fraction(1, 2), Fraction(905, 2)), (Fraction(1, 4), Fraction(300))),),
    (Held("fill", 60, up=True), Held("fair", 3, up=False)), "feasible")
VOID = {"meta", "link", "br", "rect", "circle", "path", "line"}


class Nesting(HTMLParser):
    """Fails on a tag closed out of order; gathers ids, links and tags."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(markup)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key in ("href", "src", "xlink:href") and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_whole_and_alone(lang: Lang) -> None:
    markup = page(replace(sample(), fronts=(FRONT,), replanned=changed(sample())), lang)
    read = Nesting(markup)
    assert len(read.ids) == len(set(read.ids))
    assert set(SECTIONS) < set(read.ids)
    assert all(link == "data:," or link.removeprefix("#") in read.ids for link in read.links)
    assert "script" not in read.tags
    assert not re.search(r"https?:|url\(|@import|//[a-z]", markup)


@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_from_the_data_is_escaped(lang: Lang) -> None:
    evil = "<script>alert(1)</script>\"'&{{ 7 * 7 }}"
    made = sample(20)
    people = tuple(t._replace(name=evil) for t in made.instance.teachers)
    sites = tuple(s._replace(name=evil, county=evil) for s in made.instance.sites)
    markup = page(replace(made, instance=replace(made.instance, teachers=people, sites=sites)), lang)
    assert "script" not in Nesting(markup).tags
    assert "&lt;script&gt;" in markup
    assert "{{ 7 * 7 }}" in markup


def test_private_facts_do_not_reach_the_page() -> None:
    made = sample(20)
    private = {"score": 61.57, "duty": "校长", "deferred_reason": "孕期", "group": "某组"}
    people = tuple(t._replace(**private) for t in made.instance.teachers)
    markup = page(replace(made, instance=replace(made.instance, teachers=people)), "zh")
    assert not [word for word in (*map(str, private.values()), people[0].teacher_id) if word in markup]


def test_the_page_says_how_good_the_plan_is() -> None:
    markup = page(sample(), "zh")
    assert "距最优至多 0.0083%" in markup
    assert "硬性规则全部成立" in markup
    assert "没有数值可比" in markup


def test_a_broken_hard_rule_is_not_passed_over() -> None:
    made = sample()
    lines = tuple(line._replace(ok=False, shortfall=3) if line.rule == "backbone-share" else line
                  for line in made.plan.rules)
    assert headline(replace(made, rules=lines), "zh").broken == 1
    assert "有 1 处硬性规则未达标" in page(replace(made, rules=lines), "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_a_full_plan_without_coordinates_or_wishes_is_shown(lang: Lang) -> None:
    markup = page(one_teacher(), lang)
    Nesting(markup)
    assert {"zh": "所有岗位都已补足", "en": "Every seat is filled"}[lang] in markup


def test_a_plan_that_places_nobody_is_shown() -> None:
    empty = report_of(b.instance([b.site("H1", "receiver")], [b.need("N1", "H1")], []), plan("main"))
    Nesting(page(empty, "zh"))


def test_equal_reports_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report_html(tmp_path / name, sample(20))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_histograms_have_round_bins() -> None:
    bins = histogram([0.0, 4.9, 5.0, 12.0, 58.0])
    assert [(x.low, x.high, x.people) for x in bins][:3] == [(0, 5, 2), (5, 10, 1), (10, 15, 1)]
    assert sum(x.people for x in bins) == 5
    assert histogram([]) == []
    assert len(histogram([20000.0])) <= 13


def test_the_sketch_keeps_distances_in_proportion() -> None:
    at = {"A": (103.0, 36.0), "B": (104.0, 36.0), "H": (103.0, 37.0)}
    sites = [b.site(name, "sender" if name in "AB" else "receiver", name=name, lon=lon, lat=lat)
             for name, (lon, lat) in at.items()]
    found = schematic(report_of(b.instance(sites, [b.need("N1", "H")], [b.teacher("T1", "A"), b.teacher("T2", "B")]),
                                plan("main")), "zh")
    assert found is not None
    place = {dot.name: dot for dot in (*found.senders, *found.full)}
    east, north = place["B"].x - place["A"].x, place["A"].y - place["H"].y
    assert east / north == pytest.approx(0.805, abs=0.01)  # a degree of longitude at 36.3 N
    assert found.bar / found.bar_km * 111.195 == pytest.approx(north, abs=0.5)


def test_many_lines_are_drawn_between_counties() -> None:
    few, many = schematic(sample(60), "zh"), schematic(sample(900), "zh")
    assert few is not None
    assert many is not None
    assert (few.by_county, many.by_county) == (False, True)
    assert sum(line.path.count("M") for line in many.lines) <= max(12 * 12, MANY_LINES)


def test_a_front_is_a_curve_with_its_figures() -> None:
    (curve,) = front(replace(sample(), fronts=(FRONT, replace(FRONT, points=()))), "en")
    assert curve.titles == ("Evenness (more is better)", "Kilometres in all (less is better)")
    assert (curve.low, curve.high) == (("25.00%", "300"), ("50.00%", "452.5"))
    assert [(dot.x, dot.y, dot.proven) for dot in curve.dots] == [(460, 0, True), (0, 200, False)]
    assert len(curve.notes) == 3
    assert "at least 60" in curve.notes[2]


def test_without_fronts_there_is_no_section_of_them() -> None:
    assert 'id="front"' not in page(sample(), "zh")
