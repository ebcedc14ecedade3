"""The goal `fair` recounted: the smallest share of filled seats, and how many groups stay below each level."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from matching.audit.axes import axis
from matching.audit.factbook import Facts
from matching.audit.rolls import Roll
from matching.domain.findings import InputError, error
from matching.policy.model import Goal

WHOLE = 1_000_000
MOST_LEVELS = 40
STEPS = 20


def fair_values(facts: Facts, goal: Goal, roll: Roll) -> tuple[int, ...]:
    """Return the smallest share in millionths; with leximin, then the groups below each level (readings 43 and 44)."""
    seats, filled = _counts(facts, goal.per, roll)
    shares = [Fraction(filled[label], many) for label, many in seats.items()]
    smallest = math.floor(WHOLE * min(shares, default=Fraction(1)))
    if not goal.leximin:
        return (smallest,)
    return (smallest, *(sum(share < level for share in shares) for level in levels(tuple(seats.values()))))


def _counts(facts: Facts, per: str, roll: Roll) -> tuple[Counter[str], Counter[str]]:
    """Return, by group, the seats of the needs that some teacher could fill, and how many of them are filled."""
    places = axis(facts, per, "fair")
    if places.side != "receiver":
        raise InputError([error("meaningless_goal", f"目标“fair”不能按“{per}”分组",
                                f"the goal 'fair' cannot group by '{per}'", value=per)])
    seats: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    labels = places.over(facts.posts).each()
    assert roll.needs is not None
    placed = np.bincount(roll.needs, minlength=len(labels)).tolist()
    for need, mine, there in zip(facts.instance.needs, labels, placed, strict=True):
        if facts.has_candidate(need.need_id):
            for label in mine:
                filled[label] += there
                if need.count:
                    seats[label] += need.count
    return seats, filled


def levels(seats: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the shares that groups of so many `seats` can have, from one seat up; every twentieth where too many."""
    found: set[Fraction] = set()
    for many in sorted(set(seats)):
        found.update(Fraction(k, many) for k in range(1, many + 1))
        if len(found) > MOST_LEVELS:
            return tuple(Fraction(k, STEPS) for k in range(1, STEPS + 1))
    return tuple(sorted(found))
