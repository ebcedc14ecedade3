"""The geometry of a curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.whatif.words import value_words
from matching.scenarios.whatif import Point, WhatIf

WIDTH, HEIGHT = 560.0, 170.0
"""Of a plot's frame, in the units of its picture."""


class Tick(NamedTuple):
    """A place on an axis, from the frame's left or top."""

    at: float
    label: str


class Dot(NamedTuple):
    """A point of the curve; `proven` where its plan is."""

    x: float
    y: float
    label: str
    proven: bool


class Line(NamedTuple):
    """An exact value, as an upright line."""

    x: float
    label: str
    kind: str


class Chart(NamedTuple):
    """A curve: flat where one plan is known to be best, with a slope where only its ends are known."""

    title: str
    flats: list[tuple[float, float, float]]
    slopes: list[tuple[float, float, float, float]]
    dots: list[Dot]
    across: list[Tick]
    upward: list[Tick]
    edges: list[Line]


_Y: tuple[tuple[Text, Callable[[Point], float | None], str], ...] = (
    (Text("安置人数", "Teachers placed"), lambda p: float(p.placed), "{:,.0f}"),
    (Text("公里合计", "Kilometres in all"), lambda p: p.km, "{:,.0f}"),
    (Text("补助（万元）", "Subsidies (10,000 yuan)"),
     lambda p: None if p.metrics is None else p.metrics["yuan"] / 10_000, "{:,.0f}"),
    (Text("最低县满足率（%）", "Worst-off county's share (%)"),
     lambda p: None if p.metrics is None or p.metrics["fair"] is None else 100 * p.metrics["fair"], "{:.1f}"),
)


def charts(found: WhatIf, lang: Lang) -> list[Chart]:
    """Return a chart for each figure, where one number is varied and two points have plans."""
    points = [p for p in found.curve if p.metrics is not None]
    if len(found.knobs) != 1 or len(points) < 2 or any(_value(found, p) is None for p in found.curve):
        return []
    return [_chart(found, points, title.get(lang), y, shown) for title, y, shown in _Y
            if all(y(p) is not None for p in points)]


def _value(found: WhatIf, point: Point) -> Fraction | None:
    text = point.values[found.knobs[0].name]
    try:
        return None if text is None else Fraction(text)
    except ValueError:
        return None


def _chart(found: WhatIf, points: Sequence[Point], title: str, y_of: Callable[[Point], float | None],
           shown: str) -> Chart:
    xs = {p.key: _value(found, p) or Fraction(0) for p in found.curve}
    low, high = min(xs.values()), max(xs.values())
    ys = {p.key: float(y_of(p) or 0) for p in points}
    bottom, top = min(ys.values()), max(ys.values())

    def x(value: Fraction) -> float:
        return WIDTH * float(min(max((value - low) / (high - low), Fraction(0)), Fraction(1)))

    def y(value: float) -> float:
        return HEIGHT * (1 - (value - bottom) / (top - bottom)) if top > bottom else HEIGHT / 2

    ordered = sorted(points, key=lambda p: found.knobs[0].tight * xs[p.key] if found.knobs[0].tight else xs[p.key])
    flats, slopes = [], []
    for a, b in zip(ordered, [*ordered[1:], None], strict=True):
        end = _end(a, b, xs, found)
        flats.append((x(xs[a.key]), x(end), y(ys[a.key])))
        if b is not None:
            slopes.append((x(end), y(ys[a.key]), x(xs[b.key]), y(ys[b.key])))
    dots = [Dot(x(xs[p.key]), y(ys[p.key]), f"{value_words(found, found.knobs[0], p.values[found.knobs[0].name])}: "
                + shown.format(ys[p.key]), p.status == "optimal") for p in points]
    return Chart(title, flats, slopes, dots, _across(found, xs, x),
                 [Tick(y(v), shown.format(v)) for v in dict.fromkeys((bottom, (bottom + top) / 2, top))],
                 _edges(found, low, high, x))


def _end(a: Point, b: Point | None, xs: dict[str, Fraction], found: WhatIf) -> Fraction:
    """Return up to where the plan of `a` is known to be best, but no farther than `b`."""
    at, sign = xs[a.key], found.knobs[0].tight
    if a.until is None or not sign:
        return at
    end = sign * max(sign * Fraction(a.until), sign * at)
    return end if b is None else sign * min(sign * end, sign * xs[b.key])


def _across(found: WhatIf, xs: dict[str, Fraction], x: Callable[[Fraction], float]) -> list[Tick]:
    values = sorted(set(xs.values()))
    every = max(1, -(-len(values) // 6))
    return [Tick(x(v), value_words(found, found.knobs[0], str(v))) for v in values[::every]]


def _edges(found: WhatIf, low: Fraction, high: Fraction, x: Callable[[Fraction], float]) -> list[Line]:
    return [Line(x(e.last), value_words(found, found.knobs[0], str(e.last)), e.of) for e in found.edges
            if e.proven and not e.unlimited and e.last is not None and low <= e.last <= high]
