"""Who goes where, and what a plan says of itself (Contract 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


class Placement(NamedTuple):
    """One teacher in one post.

    `km` is kilometres to 0.1, None where unknown; `yuan` is whole yuan over the post's term; `preference` is 1,
    2, 3 or None. In an edited plan (`Plan.edited`) any field but the first two may be None: not stated.
    """

    teacher: str
    need: str
    mode: str | None
    km: float | None
    yuan: int | None
    preference: int | None
    subject_fit: str | None
    stage_fit: str | None
    locked: bool | None


class GoalLine(NamedTuple):
    """One goal: `value` recounted from the plan, `best` found when it was optimised, its proven `bound`."""

    goal: str
    value: int
    best: int
    bound: int
    gap: float


class Unplaced(NamedTuple):
    """An approved, undeferred teacher without a post."""

    teacher: str
    reason: str


class Unfilled(NamedTuple):
    """A need with `gap` seats left empty."""

    need: str
    gap: int
    reason: str


class RuleLine(NamedTuple):
    """How one rule stands in one group; a share's `value` is ``numerator/denominator``."""

    rule: str
    group: str
    value: int | str
    required: int | str
    ok: bool
    shortfall: int


class Reserve(NamedTuple):
    """Teachers without a post who could take one at `need`, best first."""

    need: str
    teachers: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """One plan; placements are in the order of teachers in the instance.

    `edited` tells that the placements were read from a table that a person may have changed: a None in them then
    states nothing, and the plan says nothing of goals, rules or of who is left out.
    """

    plan: str
    status: Status
    seed: int
    placements: tuple[Placement, ...]
    goals: tuple[GoalLine, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    reserve: tuple[Reserve, ...] = ()
    edited: bool = False
