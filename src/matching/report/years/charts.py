"""Columns of a chart, one a school year, each of parts that stand on one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 620.0, 200.0
"""Of the frame, in the units of the picture."""
COLOURS = ("var(--deep)", "var(--bar)", "#e3e9ef")


class Box(NamedTuple):
    """One part of a column, from the frame's left and top."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    value: int


class Column(NamedTuple):
    """A column, its label below and what it says to who points at it."""

    label: str
    middle: float
    boxes: tuple[Box, ...]
    told: str


class Chart(NamedTuple):
    """Columns, the legend (colour, title), and the highest value on the scale."""

    title: str
    columns: tuple[Column, ...]
    legend: tuple[tuple[str, str], ...]
    top: int
    width: float = WIDTH
    height: float = HEIGHT


def chart(title: str, labels: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Return the chart of `parts`, from the bottom up, each a title and one value a column."""
    sums = [sum(values) for values in zip(*(values for _, values in parts), strict=True)]
    top = max(1, *sums) if sums else 1
    step = WIDTH / max(1, len(labels))
    columns = []
    for at, label in enumerate(labels):
        boxes, y = [], HEIGHT
        for colour, (_, values) in zip(COLOURS, parts, strict=False):
            height = HEIGHT * values[at] / top
            y -= height
            boxes.append(Box(at * step + 0.15 * step, y, 0.7 * step, height, colour, values[at]))
        told = " · ".join(f"{name} {values[at]:,}" for name, values in parts)
        columns.append(Column(label, (at + 0.5) * step, tuple(boxes), f"{label}: {told}"))
    legend = tuple((colour, name) for colour, (name, _) in zip(COLOURS, parts, strict=False))
    return Chart(title, tuple(columns), legend, top)
