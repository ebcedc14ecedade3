"""What a quota counts of its placements, and in which units (Contract 2, Quotas)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matching.audit.factbook import Facts
from matching.audit.members import Members
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


def amounts(facts: Facts, measure: Measure, roll: Roll, counted: Members, n_groups: int) -> Ints:
    """Return what the counted placements of a roll amount to by group.

    Persons, hectometres, yuan, class-hours or sites.
    """
    if measure == "seats":
        return counted.many(n_groups)
    if measure == "sites":
        hosts = roll.column(facts.field("host")).codes
        width = int(hosts.max(initial=0)) + 1
        return np.bincount(np.unique(counted.group * width + hosts[counted.which]) // width, minlength=n_groups)
    return counted.sums(_each(facts, measure, roll).array(np.int64), n_groups)


def _each(facts: Facts, measure: Measure, roll: Roll) -> Values:
    if measure == "km":
        return all_hectometres(facts, roll)
    return facts.yuan_over(roll) if measure == "yuan" else all_class_hours(facts, roll)


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
