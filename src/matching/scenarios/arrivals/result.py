"""What a simulation found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.policy.model import Policy
from matching.scenarios.arrivals.model import Arrivals
from matching.scenarios.arrivals.plain import plain
from matching.scenarios.arrivals.records import (
    Chance,
    CountyRisk,
    Difference,
    GoalChange,
    Kinds,
    Number,
    Overall,
    PostReserve,
    RuleRisk,
    Spread,
    Sure,
)


@dataclass(frozen=True)
class Variant:
    """A plan that is best on average, compared with the plain one on draws that it was not made by.

    Attributes
    ----------
    method : ``expected`` (each seat counts with its teacher's rate), ``sampled`` (outcomes drawn beforehand, each with
        its own reserve), or ``none`` (nothing was found in time, or nothing could be better)
    status : of the solve
    plan : audited; None where none was found
    moved : teachers with another post than in the plain plan
    worth, seats : what is filled in the end is worth to the fill goal, and seats, variant less plain
    note : why there is none
    goals : what the policy's goals become, everybody arriving
    """

    method: str
    scenarios: int
    status: str
    plan: Plan | None
    moved: int
    filled: Spread | None
    plain: Spread | None
    worth: Difference | None
    seats: Difference | None
    note: Text | None = None
    goals: tuple[GoalChange, ...] = ()

    @property
    def better(self) -> bool:
        """Whether it is better on average beyond what chance explains."""
        return self.worth is not None and self.worth.low > 0

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain numbers and lists, without the plan's placements."""
        placed = None if self.plan is None else len(self.plan.placements)
        return {"method": self.method, "scenarios": self.scenarios, "status": self.status, "better": self.better,
                "moved": self.moved, "placed": placed, "filled": plain(self.filled), "plain": plain(self.plain),
                "worth": plain(self.worth), "seats": plain(self.seats), "goals": plain(self.goals),
                "note": plain(self.note)}


@dataclass(frozen=True)
class Simulation:
    """A plan under drop-out.

    Attributes
    ----------
    chance : the stated one
    planned : seats that the plan fills; `seats` are all that are asked for
    expected : the exact mean and standard deviation of those who arrive
    arrived, filled, asked : of the plan's placements; in the end; of the reserve
    any_hard : how often some hard rule does not hold in the end
    """

    instance: Instance
    policy: Policy
    plan: Plan
    model: Arrivals
    draws: int
    seed: int
    chance: float
    planned: int
    seats: int
    expected: tuple[float, float]
    arrived: Spread
    filled: Spread
    asked: Spread
    any_hard: Chance
    sure: Sure
    rules: tuple[RuleRisk, ...]
    counties: tuple[CountyRisk, ...]
    posts: tuple[PostReserve, ...]
    reserve: Overall
    number: Number
    kinds: Kinds
    variant: Variant | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what ``simulation.json`` holds."""
        return {
            "plan": self.plan.plan, "draws": self.draws, "seed": self.seed, "chance": self.chance,
            "seats": {"asked_for": self.seats, "planned": self.planned},
            "expected_arrived": {"mean": self.expected[0], "sd": self.expected[1]},
            "arrived": plain(self.arrived), "filled": plain(self.filled), "asked": plain(self.asked),
            "sure": plain(self.sure), "any_hard_rule_broken": plain(self.any_hard), "rules": plain(self.rules),
            "counties": plain(self.counties), "reserve": plain(self.reserve), "posts": plain(self.posts),
            "number": plain(self.number), "kinds": {"number": self.kinds.number, **plain(self.kinds)},
            "variant": None if self.variant is None else self.variant.to_dict(),
        }
