"""Seconds against arcs as a drawing, both by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 20, 50
COLOURS = ("#444444", "#c1121f", "#1f77b4", "#6baed6", "#2ca02c", "#9467bd", "#8c564b", "#ff7f0e", "#17becf")


class Point(NamedTuple):
    """One point, x and y above 0; one that is not `whole` is drawn hollow."""

    x: float
    y: float
    whole: bool = True


def plot(series: Mapping[str, Sequence[Point]], x_title: str, y_title: str) -> str:
    """Return an SVG of one line a series: title to points."""
    everything = [point for points in series.values() for point in points]
    x_range, y_range = _decades(point.x for point in everything), _decades(point.y for point in everything)
    parts = [*_axis(x_range, y_range), _text(LEFT + _inner()[0] / 2, HEIGHT - 8, x_title, "middle"),
             f'<g transform="translate(16 {TOP + _inner()[1] / 2}) rotate(-90)">{_text(0, 0, y_title, "middle")}</g>']
    for k, (title, points) in enumerate(series.items()):
        colour = COLOURS[k % len(COLOURS)]
        parts += [*_line([_place(point, x_range, y_range) for point in sorted(points)], colour),
                  *_legend(k, title, colour)]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
            f'font-size="12">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(parts)
            + "\n</svg>\n")


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """Return the powers of ten between which all values lie."""
    logs = [math.log10(value) for value in values]
    low = math.floor(min(logs))
    return low, max(low + 1, math.ceil(max(logs)))


def _inner() -> tuple[int, int]:
    return WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM


def _place(point: Point, x_range: tuple[int, int], y_range: tuple[int, int]) -> Point:
    """Return where on the drawing a point lies."""
    x = (math.log10(point.x) - x_range[0]) / (x_range[1] - x_range[0])
    y = (math.log10(point.y) - y_range[0]) / (y_range[1] - y_range[0])
    return Point(LEFT + x * _inner()[0], TOP + (1 - y) * _inner()[1], point.whole)


def _axis(x_range: tuple[int, int], y_range: tuple[int, int]) -> list[str]:
    """Return a line and a label for each power of ten."""
    parts = []
    for power in range(x_range[0], x_range[1] + 1):
        x = _place(Point(10.0**power, 10.0**y_range[0]), x_range, y_range).x
        parts += [_stroke(x, TOP, x, TOP + _inner()[1]), _text(x, HEIGHT - BOTTOM + 16, _figure(power), "middle")]
    for power in range(y_range[0], y_range[1] + 1):
        y = _place(Point(10.0**x_range[0], 10.0**power), x_range, y_range).y
        parts += [_stroke(LEFT, y, LEFT + _inner()[0], y), _text(LEFT - 6, y + 4, _figure(power), "end")]
    return parts


def _figure(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(at: Sequence[Point], colour: str) -> list[str]:
    path = " ".join(f"{point.x:.1f},{point.y:.1f}" for point in at)
    dots = [f'<circle cx="{p.x:.1f}" cy="{p.y:.1f}" r="3.5" stroke="{colour}" fill="{colour if p.whole else "white"}"/>'
            for p in at]
    return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>', *dots]


def _legend(k: int, title: str, colour: str) -> list[str]:
    x, y = WIDTH - RIGHT + 16, TOP + 16 + 20 * k
    return [f'<rect x="{x}" y="{y - 9}" width="12" height="10" fill="{colour}"/>', _text(x + 18, y, title, "start")]
