"""What is told of rules that cannot all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from matching.problem.program import RowLabel

EVERY_GROUP = "*"
"""Stands for all groups of a rule, whose one number changes."""

Kind = Literal["least", "rule", "number", "reach", "teachers"]
"""Least over all rules; one rule alone; one rule's number; a limit on pairs; more teachers."""


class Conflict(NamedTuple):
    """Rules that cannot all hold, by id and group; `irreducible` where it is proven that any fewer of them can."""

    rules: tuple[RowLabel, ...]
    irreducible: bool


@dataclass(frozen=True)
class Change:
    """One bound of one rule in one group, as it is and as it would have to be."""

    rule: str
    group: str
    bound: str
    before: int | str
    after: int | str


class Recruits(NamedTuple):
    """So many more teachers like `like`, one of those there are; `home` is empty where it need not be that school."""

    number: int
    subject: str
    stage: str
    backbone: bool
    county: str
    home: str
    like: str


@dataclass(frozen=True)
class Relaxation:
    """Changes with which the rules hold, as a plan shows that the audit passed.

    Attributes
    ----------
    total : units in all
    cost : units times what the policy says one of them costs
    proven : whether one unit less is proven not to do: of the cost for ``least``, else of the change itself
    used : of ``reach``, how many placements the plan makes beyond the old limit; no plan needs fewer
    """

    total: int
    changes: tuple[Change, ...]
    kind: Kind = "least"
    cost: int = 0
    proven: bool = True
    used: int | None = None
    recruits: tuple[Recruits, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the relaxation as `solve --json` prints it."""
        told: dict[str, Any] = {"kind": self.kind, "total": self.total, "cost": self.cost, "proven": self.proven,
                                "changes": [{"rule": c.rule, "group": c.group, "bound": c.bound, "from": c.before,
                                             "to": c.after} for c in self.changes]}
        if self.used is not None:
            told["used"] = self.used
        if self.recruits:
            told["teachers"] = [r._asdict() for r in self.recruits]
        return told


@dataclass(frozen=True)
class Diagnosis:
    """Which rules clash, and by what they could give way.

    Attributes
    ----------
    conflicts : sets of rules, each irreducible, no two of which share a bound
    complete : whether, without the bounds that they name, all other rules are proven to hold
    relaxations : the least of all first
    all_tried : whether each kind of way out was searched for to the end
    """

    conflicts: tuple[Conflict, ...]
    relaxations: tuple[Relaxation, ...]
    complete: bool = True
    all_tried: bool = True

    @property
    def conflict(self) -> tuple[RowLabel, ...]:
        """The first conflict; empty where none was proven in time."""
        return self.conflicts[0].rules if self.conflicts else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the conflicts and the ways out as `solve --json` prints them."""
        return {
            "conflict": [k._asdict() for k in self.conflict],
            "conflicts": [{"rules": [k._asdict() for k in c.rules], "irreducible": c.irreducible}
                          for c in self.conflicts],
            "conflicts_complete": self.complete,
            "relaxations": [r.to_dict() for r in self.relaxations],
            "relaxations_complete": self.all_tried,
        }


def diagnosis_from_dict(told: Mapping[str, Any]) -> Diagnosis:
    """Return the diagnosis that `Diagnosis.to_dict` told."""
    conflicts = (Conflict(tuple(RowLabel(**k) for k in c["rules"]), c["irreducible"]) for c in told["conflicts"])
    return Diagnosis(tuple(conflicts), tuple(map(_relaxation, told["relaxations"])), told["conflicts_complete"],
                     told["relaxations_complete"])


def _relaxation(told: Mapping[str, Any]) -> Relaxation:
    changes = (Change(c["rule"], c["group"], c["bound"], c["from"], c["to"]) for c in told["changes"])
    return Relaxation(told["total"], tuple(changes), told["kind"], told["cost"], told["proven"], told.get("used"),
                      tuple(Recruits(**one) for one in told.get("teachers", ())))
