"""The epsilon-constraint method on whole numbers: each solve caps the second cost and finds the best of the first.

Haimes, Lasdon and Wismer (1971). The first cost is minimised below the cap, then the second with the first held, so
that every answer is on the front; and since the costs are whole, nothing lies between neighbours that differ by a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.problem.program import Int64


class Found(NamedTuple):
    """A plan with its two costs; `proven` tells that it is on the front."""

    first: int
    second: int
    x: Int64
    proven: bool


@dataclass(frozen=True)
class Box:
    """What lies between two neighbours: caps from `low` to `high` on the second cost are untried."""

    left: Found
    right: Found
    low: int
    high: int
    given_up: bool = False


class Cap(NamedTuple):
    """A question: the best of the first cost where the second is at most `at`; `right` is such a plan.

    `least` is a bound of the first cost there.
    """

    at: int
    right: Found
    least: int | None


Ask = Callable[[Sequence[Cap], int], Sequence[Found | None]]
"""Answers questions, of so many that may yet come; None where no plan was found in time."""


class Steps(NamedTuple):
    """By what two different values of each cost differ at least."""

    first: int
    second: int


class FrontSearch:
    """The points known so far, and the boxes between them that are open.

    Parameters
    ----------
    left, right : the plans with the best first cost, and with the best second cost
    most : how many points to find; None for all
    """

    def __init__(self, left: Found, right: Found, steps: Steps, most: int | None = None) -> None:
        self._steps = steps
        self._most = most
        self._ends = left, right
        self.points = [left] if _same(left, right) else [left, right]
        self.boxes = self._between(left, right, right.second + steps.second, left.second - steps.second)

    def run(self, ask: Ask, at_once: int, over: Callable[[], bool]) -> None:
        """Ask until the front is complete, has as many points as wanted, or it is `over`."""
        while not over():
            caps = self._caps(at_once)
            if not caps:
                return
            for cap, found in zip(caps, ask(caps, self._left()), strict=True):
                self._take(cap, found)

    def _left(self) -> int:
        return 1 if self._most is None else max(1, self._most - len(self.points))

    def _caps(self, at_once: int) -> list[Cap]:
        """Return what to ask next: for all points the next one, for some those that halve the widest boxes."""
        boxes = [box for box in self.boxes if not box.given_up]
        if self._most is None:
            return [self._cap(box, box.high) for box in boxes[:1]]
        boxes = sorted(boxes, key=self._width, reverse=True)[:min(at_once, self._most - len(self.points))]
        return [self._cap(box, (box.low + box.high) // 2) for box in boxes]

    def _width(self, box: Box) -> float:
        """Return how wide a box is, as a part of the whole front, in both costs together."""
        left, right = self._ends
        return ((box.right.first - box.left.first) / (right.first - left.first)
                + (box.left.second - box.right.second) / (left.second - right.second))

    def _cap(self, box: Box, at: int) -> Cap:
        least = box.left.first + self._steps.first if box.left.proven else None
        return Cap(at, box.right, least)

    def _take(self, cap: Cap, found: Found | None) -> None:
        at = next(k for k, box in enumerate(self.boxes) if not box.given_up and box.low <= cap.at <= box.high)
        self.boxes[at:at + 1] = self._split(self.boxes[at], cap, found)

    def _split(self, box: Box, cap: Cap, found: Found | None) -> Iterable[Box]:
        """Return what is left of a box once a question about it is answered."""
        step = self._steps.second
        if found is None or not found.proven:
            if found is not None and not _same(found, box.right):
                self._add(found)
            return [Box(box.left, box.right, box.low, box.high, given_up=True)]
        if _same(found, box.right):
            return self._between(box.left, box.right, cap.at + 1, box.high)
        self._add(found)
        return [*self._between(box.left, found, cap.at + 1, box.high),
                *self._between(found, box.right, box.low, found.second - step)]

    def _between(self, left: Found, right: Found, low: int, high: int) -> list[Box]:
        """Return the box between neighbours; none where nothing fits in."""
        fits = low <= high and right.first - left.first > self._steps.first
        return [Box(left, right, low, high)] if fits else []

    def _add(self, found: Found) -> None:
        self.points.append(found)
        self.points.sort(key=lambda p: (p.first, p.second))


def _same(one: Found, other: Found) -> bool:
    return one[:2] == other[:2]


def undominated(points: Sequence[Found]) -> list[Found]:
    """Return the points of which no other is as good in both; of equal ones the first, proven ones before others."""
    kept: list[Found] = []
    for point in sorted(points, key=lambda p: (p.first, p.second, not p.proven)):
        if not kept or point.second < kept[-1].second:
            kept.append(point)
    return kept
