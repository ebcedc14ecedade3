"""A front: the plans between two criteria of which none is better in both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matching.domain.plan import Plan, Status
from matching.domain.text import Text

Values = tuple[Fraction, Fraction]
BETTER = {True: "more", False: "less"}


@dataclass(frozen=True)
class FrontPoint:
    """One plan of a front, audited.

    Attributes
    ----------
    values : of the two criteria, as counted from the plan
    proven : whether it is proven that no plan is as good in one and better in the other
    """

    plan: Plan
    values: Values
    proven: bool


@dataclass(frozen=True)
class Stretch:
    """Where more plans of the front may lie: strictly between the values of two neighbours."""

    after: Values
    before: Values


@dataclass(frozen=True)
class Held:
    """A goal that every plan of the front keeps: `value` is the least that is allowed where `up`, else the most."""

    goal: str
    value: int
    up: bool


@dataclass(frozen=True)
class Front:
    """The plans between two criteria of which none is better in both.

    Attributes
    ----------
    of, titles : the two criteria, by name and in words; `up` tells of each whether more is better
    points : from the best value of the first to the best of the second
    complete : whether these are proven to be all: no stretch is open and every point is proven
    open : stretches that were not searched to the end
    held : goals of the policy that every plan keeps
    status : ``optimal`` where complete, ``infeasible`` where no plan exists, ``unknown`` where none was found
    """

    of: tuple[str, str]
    titles: tuple[Text, Text]
    up: tuple[bool, bool]
    points: tuple[FrontPoint, ...]
    open: tuple[Stretch, ...]
    held: tuple[Held, ...]
    status: Status

    @property
    def complete(self) -> bool:
        """Whether the points are proven to be all that there are."""
        return self.status == "optimal"

    def to_dict(self) -> dict[str, Any]:
        """Return the front as plain numbers and lists, without the plans' placements."""
        return {
            "of": list(self.of), "titles": [title._asdict() for title in self.titles],
            "better": [BETTER[up] for up in self.up], "status": self.status, "complete": self.complete,
            "points": [{"plan": p.plan.plan, "values": numbers(p.values), "proven": p.proven,
                        "placed": len(p.plan.placements)} for p in self.points],
            "open": [{"after": numbers(s.after), "before": numbers(s.before)} for s in self.open],
            "held": [{"goal": one.goal, "value": one.value, "better": BETTER[one.up]} for one in self.held],
        }


def numbers(values: Values) -> list[int | float]:
    """Return exact values as plain numbers."""
    return [int(v) if v.denominator == 1 else float(v) for v in values]
