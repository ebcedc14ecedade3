"""A policy and its rules as frozen data (Contract 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, TypeVar

from matching.domain.text import Text
from matching.policy.conditions import Conditions, FieldRef

Enforce = Literal["hard", "elastic", "report"]
Measure = Literal["seats", "km", "yuan", "class_hours", "sites"]
Bound = Fraction | FieldRef
R = TypeVar("R", bound="Rule")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule has. `penalty` is the cost of one unit of shortfall where `enforce` is ``elastic``.

    `bend` is the price of one unit by which a hard rule would have to give way where the rules clash: 0 where it may
    not, None where the policy says nothing of it.

    `origin` names the preset, file or sheet that the rule stands in.
    """

    id: str
    title: Text
    source: str = ""
    on: bool = True
    when: Conditions = ()
    enforce: Enforce = "hard"
    penalty: int = 1
    bend: int | None = None
    origin: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """The rule's kind as a policy file names it."""
        return type(self).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Require(Rule):
    """A pair that matches `when` is eligible only if `that` holds."""

    that: Conditions


@dataclass(frozen=True, kw_only=True)
class Place(Rule):
    """Every teacher that matches `when` is placed."""


@dataclass(frozen=True, kw_only=True)
class Quota(Rule):
    """Bounds a count, or a share of `of`, of the placements in each group of `per`.

    `per` is empty for the whole plan, else one or two canonical field names. `of` is None for an absolute bound,
    ``"placed"``, ``"demand"``, ``"teachers"``, ``"eligible"``, or a numeric field of the group. `plus` is a numeric
    field of the group, in the unit of the bounds, that counts on top of the placements: what is there already.
    """

    count: Conditions = ()
    measure: Measure = "seats"
    of: Literal["placed", "demand", "teachers", "eligible"] | FieldRef | None = None
    per: tuple[str, ...] = ()
    at_least: Bound | None = None
    at_most: Bound | None = None
    from_seats: int | None = None
    plus: FieldRef | None = None


@dataclass(frozen=True, kw_only=True)
class Together(Rule):
    """Teachers with the same `by` go to the same `per`, all or none."""

    by: str = "group"
    per: str = "host.county"


@dataclass(frozen=True, kw_only=True)
class Balance(Rule):
    """In each group of `per`, seats that its teachers leave less seats filled there is between the bounds.

    `per` is a home field, which stands for the same field of the receiving site where seats are filled, and may be
    followed by ``subject``: the teacher's where one leaves, the post's where one is filled.
    """

    per: tuple[str, ...] = ("home.site_id",)
    at_least: Fraction | None = None
    at_most: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Credit(Rule):
    """What one unit of a ledger `activity` is credited, or one class-hour or school year of a placement.

    `activity` is a word of the ledger, or ``placement``. `unit` says what `amount` counts. `at_most` is the quantity
    that is credited at most, `min_per_term` the least quantity asked for in each school term.
    """

    activity: str
    unit: Literal["class_hours", "years"]
    amount: Fraction
    min_per_term: Fraction | None = None
    at_most: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Staffing(Rule):
    """The pupils of a `stage` call for one post to `pupils_per_post`; only ever reported."""

    stage: str
    pupils_per_post: Fraction


@dataclass(frozen=True, kw_only=True)
class Subsidy(Rule):
    """`amount` yuan per placement and school year; of one `item` the first rule that matches."""

    item: str
    amount: Fraction


@dataclass(frozen=True)
class Slack:
    """What may be given up of a goal: `amount` units, or that share of the absolute value."""

    amount: Fraction = Fraction(0)
    percent: bool = False

    def units(self, value: int) -> int:
        """Return the whole units that may be given up of `value`, rounded down."""
        return int(self.amount * abs(value) // 100) if self.percent else int(self.amount // 1)


@dataclass(frozen=True)
class Weight:
    """A weight of the fill goal for placements that match `when`; the first match counts."""

    when: Conditions
    weight: int


@dataclass(frozen=True)
class Goal:
    """One goal. `rules` is None where it was absent; `weights` are by priority 1 to 5, or by condition."""

    kind: Literal["shortfall", "fill", "fair", "points"]
    slack: Slack = Slack()
    rules: tuple[str, ...] | None = None
    weights: tuple[int, ...] | tuple[Weight, ...] = (5, 4, 3, 2, 1)
    per: str = "host.county"
    leximin: bool = False
    points: Mapping[str, int | tuple[int, ...]] | None = None


@dataclass(frozen=True)
class Variant:
    """One more way to weigh the same rules: points that replace the policy's key by key, or other goals.

    `method` is ``stable`` where posts are first given out by the teachers' wishes and merit, and the goals only choose
    among plans in which nobody's wish is met worse (reading 59).
    """

    id: str
    title: Text
    points: Mapping[str, int | tuple[int, ...]] = field(default_factory=dict)
    goals: tuple[Goal, ...] | None = None
    method: Literal["goals", "stable"] = "goals"


@dataclass(frozen=True)
class FrontAsked:
    """A front that is asked for: between which two goals or criteria, of at most how many points.

    `within` is what may be given up of the first.
    """

    of: tuple[str, str]
    within: Slack | None = None
    at_most: int = 9


@dataclass(frozen=True)
class Policy:
    """What shall be. `points` maps a name of the contract's table to an integer, ``preference`` to four of them.

    `loss` is what each of the `alternatives` may lose of every goal, or of the goals of each kind; None where only the
    least is asked for.
    """

    id: str
    title: Text
    reference_date: date
    source: str = ""
    backbone: str = "county"
    detour: Fraction = Fraction(13, 10)
    unknown: Literal["refuse", "accept"] = "refuse"
    rules: tuple[Rule, ...] = ()
    goals: tuple[Goal, ...] = ()
    points: Mapping[str, int | tuple[int, ...]] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    ranking: Mapping[str, Fraction] = field(default_factory=dict)
    alternatives: int = 0
    differ: int = 1
    loss: Slack | Mapping[str, Slack] | None = None
    fronts: tuple[FrontAsked, ...] = ()

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with that id; KeyError where there is none."""
        return {rule.id: rule for rule in self.rules}[rule_id]

    def active(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rules of one kind that are on, in order."""
        return tuple(r for r in self.rules if r.on and isinstance(r, kind))
