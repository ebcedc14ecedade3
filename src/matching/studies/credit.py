"""What placements are credited (reading 45)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from matching.audit.measures import class_hours
from matching.domain.plan import Placement
from matching.policy.model import Credit
from matching.problem.conditions import holds
from matching.studies.case import Case

PLACEMENT = "placement"
Unit = Literal["class_hours", "years"]


def placement_rules(case: Case, unit: Unit) -> tuple[Credit, ...]:
    """Return the rules that credit placements in that unit."""
    return tuple(r for r in case.policy.active(Credit) if r.activity == PLACEMENT and r.unit == unit)


def credited(case: Case, unit: Unit) -> tuple[Fraction, ...]:
    """Return what each of the case's placements is credited.

    The first rule that matches gives `amount` for each class-hour, or each school year of the post's term, up to
    `at_most` of them; without such a rule they count as they are.
    """
    amounts = [_quantity(case, p, unit) for p in case.placements]
    open_ = set(range(len(amounts)))
    for rule in placement_rules(case, unit):
        matches = holds(rule.when, case.fields, case.pairs(case.placements)).tolist()
        for at in sorted(at for at in open_ if matches[at]):
            counted = amounts[at] if rule.at_most is None else min(amounts[at], rule.at_most)
            amounts[at] = rule.amount * counted
            open_.discard(at)
    return tuple(amounts)


def _quantity(case: Case, placement: Placement, unit: Unit) -> Fraction:
    if unit == "years":
        return Fraction(repr(case.instance.need[placement.need].term))
    return Fraction(class_hours(case.facts, case.facts.pair(placement.teacher, placement.need)))


def plain(number: Fraction) -> int | float:
    """Return an exact number as people and tables have it."""
    return number.numerator if number.denominator == 1 else float(number)


def added(numbers: Sequence[Fraction]) -> Fraction:
    """Return the sum."""
    return sum(numbers, Fraction(0))
