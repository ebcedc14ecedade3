"""What a quota counts of its placements, and in which units (Contract 2, Quotas)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching.audit.factbook import Facts
from matching.audit.numbers import Number
from matching.audit.pair import Pair
from matching.audit.rolls import Roll
from matching.audit.values import Ints, Values
from matching.policy.model import Measure


class Unit(NamedTuple):
    """`scale` units of count make one of the bound; `shortfall` units of count one of shortfall."""

    scale: int
    shortfall: int
    zh: str
    en: str


UNITS: dict[Measure, Unit] = {
    "seats": Unit(1, 1, "人", ""),
    "km": Unit(10, 1, "公里", " km"),
    "yuan": Unit(1, 1000, "元", " yuan"),
    "class_hours": Unit(1, 1, "课时", " class-hours"),
    "sites": Unit(1, 1, "所学校", " sites"),
}


class Amounts:
    """How much of a measure the placements of a roll amount to: persons, hectometres, yuan, class-hours or sites."""

    def __init__(self, facts: Facts, measure: Measure, roll: Roll) -> None:
        self._measure, self._roll, self._facts = measure, roll, facts

    def of(self, rows: Sequence[int]) -> int:
        """Return how much the placements at some rows amount to."""
        if self._measure == "seats":
            return len(rows)
        if self._measure == "sites":
            return len({self._each[row] for row in rows})
        return sum(self._each[row] for row in rows)

    @cached_property
    def _each(self) -> Sequence[int] | Ints:
        roll, facts = self._roll, self._facts
        if self._measure == "sites":
            return roll.column(facts.field("host")).codes
        if self._measure == "km":
            return all_hectometres(facts, roll).each()
        return (facts.yuan_over(roll) if self._measure == "yuan" else all_class_hours(facts, roll)).each()


def all_hectometres(facts: Facts, roll: Roll) -> Values:
    """Return each placement's distance, where unknown the largest known one."""
    values, codes = np.unique(facts.roads.over(roll), return_inverse=True)
    return Values([facts.roads.distances.largest if found < 0 else found for found in values.tolist()], codes)


def all_class_hours(facts: Facts, roll: Roll) -> Values:
    """Return each placement's class-hours."""
    looks = ("need.modes", "teacher.modes", "need.total_hours", "need.weekly_hours")
    return roll.asked([(path, None) for path in looks], lambda pair: class_hours(facts, pair))


def class_hours(facts: Facts, pair: Pair) -> int:
    """Return a placement's weekly hours, or total hours where it is part-time; 0 where none are given."""
    assert pair.need is not None
    part_time = facts.get("mode", pair) == "part_time"
    return (pair.need.total_hours if part_time else pair.need.weekly_hours) or 0


def at_least(bound: Number, scale: int, base: Number | None, there: Number = 0) -> int:
    """Return the least count that a floor allows beside what is `there`: of a share, of its base (reading 21)."""
    return math.ceil(bound * scale * (1 if base is None else base) - there)


def at_most(bound: Number, scale: int, base: Number | None, there: Number = 0) -> int:
    """Return the greatest count that a ceiling allows; less than none where what is `there` exceeds it."""
    return math.floor(bound * scale * (1 if base is None else base) - there)
