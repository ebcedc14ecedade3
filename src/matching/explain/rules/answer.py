"""The answer to how a rule stands in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.domain.text import Text
from matching.explain.rules.next import Next
from matching.explain.told import InLines


@dataclass(frozen=True)
class InGroup:
    """How a rule stands in one group.

    Attributes
    ----------
    value, required, ok, shortfall : as the audit counts them
    room : units more, or fewer, until a bound no longer holds (`matching.explain.rules.slack`); None without a bound
    placements : (teacher, need) of those that count, in the order of teachers
    next : free teachers whose placement in an empty seat the rule refuses here
    """

    group: str
    value: int | str
    required: int | str
    ok: bool
    shortfall: int
    room: int | float | None
    placements: tuple[tuple[str, str], ...] = ()
    next: tuple[Next, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a machine reads them."""
        plain = {k: getattr(self, k) for k in ("group", "value", "required", "ok", "shortfall", "room")}
        return {**plain, "placements": [list(p) for p in self.placements], "next": [n.to_dict() for n in self.next]}


@dataclass(frozen=True)
class WhyRule(InLines):
    """How a rule stands.

    Attributes
    ----------
    groups : of rules on numbers and on people, those first that have no room while someone waits, then by room
    refused, alone, next : of a rule on eligibility, how many pairs of a free teacher and a post with an empty seat it
        refuses, how many it alone, and of these those least beyond the limit
    lines : all of it in words
    """

    rule: str
    title: Text
    kind: str
    enforce: str
    on: bool
    source: str
    groups: tuple[InGroup, ...] = ()
    refused: int | None = None
    alone: int | None = None
    next: tuple[Next, ...] = ()
    lines: tuple[Text, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a machine reads it."""
        plain = {k: getattr(self, k) for k in ("rule", "kind", "enforce", "on", "source", "refused", "alone")}
        return {**plain, "title": self.title._asdict(), "groups": [g.to_dict() for g in self.groups],
                "next": [n.to_dict() for n in self.next]}
