"""How far a weight may move before another plan comes first."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from matching.scoring.metrics import number

Criteria = Mapping[str, Fraction]
"""A plan's scores, 0 to 1, by criterion."""


class Range(NamedTuple):
    """From `low` to `high`, shares of all weights, the first plan stays first; beyond an end inside (0, 1) it does not.

    Attributes
    ----------
    weight : what the policy has
    below, above : the plan that is first just beyond the end; None where the end is 0 or 1
    """

    weight: Fraction
    low: Fraction
    high: Fraction
    below: str | None
    above: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the range as ``plans.json`` has it: decimals, and the ends as fractions."""
        return {"weight": number(self.weight), "low": number(self.low), "high": number(self.high),
                "exact": {"low": str(self.low), "high": str(self.high)}, "below": self.below, "above": self.above}


class _Line(NamedTuple):
    """A plan's total as its weight w moves: ``start + w * slope``."""

    plan: str
    start: Fraction
    slope: Fraction

    def at(self, weight: Fraction) -> Fraction:
        return self.start + weight * self.slope


def range_of(name: str, plans: Mapping[str, Criteria], weights: Mapping[str, Fraction]) -> Range:
    """Return in what range of one weight the first of `plans` stays first.

    The weight moves from 0 to 1 while the others keep their proportions and sum to the rest; ties go by plan id. Totals
    are straight lines in the weight, so that the ends are where the first one's crosses another's. A criterion that
    alone has a weight has all of it, whatever is written.

    Parameters
    ----------
    plans : by id, best first; at least one
    weights : sum to 1
    """
    weight = weights[name]
    if weight == 1:
        return Range(weight, Fraction(0), Fraction(1), None, None)
    lines = [_line(plan, name, criteria, weights) for plan, criteria in plans.items()]
    first, rivals = lines[0], lines[1:]
    low = max((_crossing(first, r) for r in rivals if r.slope < first.slope), default=Fraction(0))
    high = min((_crossing(first, r) for r in rivals if r.slope > first.slope), default=Fraction(1))
    below = _first(lines, low, -1) if low > 0 else None
    above = _first(lines, high, 1) if high < 1 else None
    return Range(weight, max(low, Fraction(0)), min(high, Fraction(1)), below, above)


def _line(plan: str, name: str, criteria: Criteria, weights: Mapping[str, Fraction]) -> _Line:
    others = sum((w * criteria[n] for n, w in weights.items() if n != name), Fraction(0)) / (1 - weights[name])
    return _Line(plan, others, criteria[name] - others)


def _crossing(a: _Line, b: _Line) -> Fraction:
    return (b.start - a.start) / (a.slope - b.slope)


def _first(lines: list[_Line], weight: Fraction, way: int) -> str:
    """Return the plan that is first just below (`way` -1) or above (1) the weight."""
    return min(lines, key=lambda line: (-line.at(weight), -way * line.slope, line.plan)).plan
