"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from matching.domain.plan import Placement, RuleLine
from matching.domain.text import Text

UNKNOWN_ID, REPEATED_PAIR, STATEMENT = "unknown_id", "repeated_pair", "statement"
"""What a breach names where no rule of the policy is broken, but the plan itself is wrong."""


class Breach(NamedTuple):
    """A hard rule that does not hold in a group, or something false in the plan.

    `group` is a pair (``T0001 -> N0042``), a teacher or the quota's group; for a false statement, its place in the
    plan (``placements.T0001.km``), with what is stated as `value` and what is so as `required`.
    """

    rule: str
    group: str
    value: int | float | str | None
    required: int | float | str | None
    text: Text


class GoalValue(NamedTuple):
    """A goal's value, recounted."""

    goal: str
    value: int


class Unverified(NamedTuple):
    """A placement for which a missing value leaves open whether it meets a rule."""

    rule: str
    teacher: str
    need: str


@dataclass(frozen=True)
class Audit:
    """What was found, and the figures recounted: goals, rule by rule and group by group, and each placement's facts.

    `placements` leaves out those of unknown ids.
    """

    breaches: tuple[Breach, ...]
    goals: tuple[GoalValue, ...]
    rules: tuple[RuleLine, ...]
    unverified: tuple[Unverified, ...]
    placements: tuple[Placement, ...]

    @property
    def ok(self) -> bool:
        """Whether the plan breaks no hard rule and says nothing false."""
        return not self.breaches


def breach_to_dict(breach: Breach) -> dict[str, Any]:
    """Return a breach as ``audit --json`` prints it (Contract 3), with its sentence in both languages."""
    zh, en = breach.text
    return {"rule": breach.rule, "group": breach.group, "value": breach.value, "required": breach.required,
            "zh": zh, "en": en}


def audit_to_dict(audit: Audit) -> dict[str, Any]:
    """Return an audit as ``audit --json`` prints it (Contract 3), with the pairs that could not be verified."""
    return {
        "ok": audit.ok,
        "breaches": [breach_to_dict(b) for b in audit.breaches],
        "goals": [g._asdict() for g in audit.goals],
        "unverified": [u._asdict() for u in audit.unverified],
    }
