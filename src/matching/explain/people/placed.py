"""A placement of the plan with all that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.domain.plan import Placement
from matching.explain.inquiry import Inquiry
from matching.explain.people.pair_rules import PairRule, pair_rules
from matching.explain.people.points import PointsLine, points_lines, points_tables


@dataclass(frozen=True)
class PlacedAt:
    """A teacher's post, the rules that it was held against, and its points, goal by goal and term by term.

    The points of one goal add up to what the placement adds to it.
    """

    placement: Placement
    rules: tuple[PairRule, ...]
    points: tuple[tuple[PointsLine, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the placement's entry in a machine-readable answer."""
        return {**self.placement._asdict(), "rules": [rule.to_dict() for rule in self.rules],
                "points": [{line.term: line.points for line in lines} for lines in self.points]}


def placed_at(inquiry: Inquiry, placement: Placement) -> PlacedAt:
    """Return a placement of the plan with the rules that it passed and its points."""
    teacher, need = inquiry.teacher_at[placement.teacher], inquiry.need_at[placement.need]
    points = tuple(points_lines(table, inquiry.fields, teacher, need) for table in points_tables(inquiry.policy))
    return PlacedAt(placement, pair_rules(inquiry.facts, placement.teacher, placement.need), points)
