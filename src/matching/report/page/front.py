"""The fronts that the policy asks for: each a curve of plans, and its figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.goal_words import MILLION
from matching.report.words import decimal, goal_word, percent

if TYPE_CHECKING:
    from matching.planner import Front, FrontPoint
    from matching.planner.front_points import Held

WIDTH, HEIGHT = 460.0, 200.0
"""Of the plot's frame, in the units of its picture."""


class Dot(NamedTuple):
    """A plan of the front; `x` and `y` from the frame's left and top, `shown` its two values in words."""

    plan: str
    x: float
    y: float
    shown: tuple[str, str]
    placed: int
    proven: bool


class Curve(NamedTuple):
    """A front: its two criteria, the ends of both scales, its plans, and what is to be said of it."""

    titles: tuple[str, str]
    low: tuple[str, str]
    high: tuple[str, str]
    dots: list[Dot]
    notes: list[str]


def front(report: Report, lang: Lang) -> list[Curve]:
    """Return a curve for each front that has points."""
    return [_curve(one, lang) for one in report.fronts if one.points]


def _curve(one: Front, lang: Lang) -> Curve:
    ends = [[p.values[k] for p in one.points] for k in (0, 1)]
    low, high = ([f(values) for values in ends] for f in (min, max))
    dots = [_dot(one, p, low, high) for p in one.points]
    shown = [tuple(_value(one, k, end[k]) for k in (0, 1)) for end in (low, high)]
    titles = [f"{title.get(lang)}{_sense(up, lang)}" for title, up in zip(one.titles, one.up, strict=True)]
    return Curve((titles[0], titles[1]), (shown[0][0], shown[0][1]), (shown[1][0], shown[1][1]), dots,
                 [note.get(lang) for note in _notes(one)])


def _dot(one: Front, point: FrontPoint, low: list[Fraction], high: list[Fraction]) -> Dot:
    x, y = ((float((v - a) / (b - a)) if a < b else 0.5) for v, a, b in zip(point.values, low, high, strict=True))
    return Dot(point.plan.plan, WIDTH * x, HEIGHT * (1 - y), (_value(one, 0, point.values[0]),
               _value(one, 1, point.values[1])), len(point.plan.placements), point.proven)


def _value(one: Front, at: int, value: Fraction) -> str:
    if one.of[at].startswith("fair"):
        return percent(value, 2)
    return f"{int(value):,}" if value.denominator == 1 else decimal(value)


def _sense(up: bool, lang: Lang) -> str:
    return Text("（越多越好）" if up else "（越少越好）", " (more is better)" if up else " (less is better)").get(lang)


def _notes(one: Front) -> list[Text]:
    """Return whether these are all, where more may lie, and what every plan keeps."""
    many = len(one.points)
    said = [Text(f"共 {many} 个方案，已证明这就是全部。", f"Plans: {many}, proven to be all.") if one.complete else
            Text(f"列出 {many} 个方案，其间还可能有别的方案。",
                 f"Plans listed: {many}; between them there may be more.")]
    if not all(point.proven for point in one.points):
        said.append(Text("标有“未证明”的方案在时限内没有求到底，可能还有更好的。",
                         "Those called not proven were not solved to the end in time; there may be better ones."))
    return [*said, *(_kept(held) for held in one.held if held.up or held.goal != "fair")]


def _kept(held: Held) -> Text:
    """Return what every plan keeps of a goal; levels of leximin are not told."""
    shown = percent(Fraction(held.value, MILLION), 2) if held.goal == "fair" else f"{held.value:,}"
    return Text(f"各方案的“{goal_word(held.goal, 'zh')}”都不{'少' if held.up else '多'}于 {shown}。",
                f"{goal_word(held.goal, 'en')}: at {'least' if held.up else 'most'} {shown} in every plan.")
