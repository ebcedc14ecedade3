"""What a quota counts of its placements, and in which units (Contract 2, Quotas)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from matching.audit.factbook import Facts
from matching.audit.numbers import Number
from matching.audit.pair import Pair
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


def count(facts: Facts, measure: Measure, pairs: Sequence[Pair]) -> int:
    """Return how much placements amount to: persons, hectometres, yuan, class-hours or sites."""
    if measure == "seats":
        return len(pairs)
    if measure == "sites":
        return len({pair.host.site_id for pair in pairs if pair.host})
    each = {"km": hectometres, "yuan": Facts.yuan, "class_hours": class_hours}[measure]
    return sum(each(facts, pair) for pair in pairs)


def hectometres(facts: Facts, pair: Pair) -> int:
    """Return a placement's distance, where unknown the largest known one."""
    assert pair.home is not None
    assert pair.host is not None
    found = facts.roads.hectometres(pair.home.site_id, pair.host.site_id)
    return facts.roads.distances.largest if found is None else found


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
