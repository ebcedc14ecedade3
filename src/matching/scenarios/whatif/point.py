"""One point: what was varied to which values, and the plan that is best there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from matching.audit import audit
from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Placement, Plan, Status
from matching.explain.conflicts.bend import number
from matching.planner.plans import AuditFailedError
from matching.policy.model import Balance, Policy, Quota
from matching.scenarios.whatif.knobs import Knob
from matching.scenarios.whatif.values import Value, exact_text, plain_value
from matching.scoring import score

MAIN = "main"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Point:
    """What is best where the knobs have these values.

    Attributes
    ----------
    key : names the point among all of a call: its seed, and what was varied to what
    values : as `to_dict` has them, exact, by the knobs' names; a value is None where the policy was left as it is
    goals, metrics, km, placements : of the plan; empty without one. `km` are those of all placements together
    until : with one thing varied, the tightest value that the same plan keeps to, and is best for; else None
    by : the key of the point whose plan it is; its own where it was solved for
    """

    key: str
    values: Mapping[str, str | None]
    numbers: Mapping[str, int | float | bool | str | None]
    seed: int
    status: Status
    goals: tuple[GoalLine, ...] = ()
    metrics: Mapping[str, Any] | None = None
    km: float = 0.0
    placements: Pairs = ()
    until: str | None = None
    by: str = ""

    @property
    def final(self) -> bool:
        """Whether no more time would tell more."""
        return self.status in ("optimal", "infeasible")

    @property
    def placed(self) -> int:
        """How many teachers have a post."""
        return len(self.placements)

    def to_dict(self) -> dict[str, Any]:
        """Return the point as plain numbers, texts, lists and dicts, whole."""
        return {"key": self.key, "set": dict(self.numbers), "exact": dict(self.values), "seed": self.seed,
                "status": self.status, "goals": [line._asdict() for line in self.goals],
                "metrics": None if self.metrics is None else dict(self.metrics), "km": self.km, "until": self.until,
                "by": self.by, "placements": [list(pair) for pair in self.placements]}


def point_from_dict(told: Mapping[str, Any]) -> Point:
    """Return the point that `to_dict` told."""
    return Point(told["key"], dict(told["exact"]), dict(told["set"]), told["seed"], told["status"],
                 tuple(GoalLine(**line) for line in told["goals"]), told["metrics"], told["km"],
                 tuple((teacher, need) for teacher, need in told["placements"]), told["until"], told["by"])


def key_of(knobs: Sequence[Knob], values: Sequence[Value | None], seed: int) -> str:
    """Return what names a point: ``seed=0 backbone-share.at_least=1/5``."""
    said = (f"{knob.name}={exact_text(value)}" for knob, value in zip(knobs, values, strict=True))
    return " ".join([f"seed={seed}", *said])


def bare(knobs: Sequence[Knob], values: Sequence[Value | None], seed: int, status: Status) -> Point:
    """Return the point without a plan."""
    key = key_of(knobs, values, seed)
    pairs = list(zip((knob.name for knob in knobs), values, strict=True))
    return Point(key, {name: None if v is None else exact_text(v) for name, v in pairs},
                 {name: plain_value(v) for name, v in pairs}, seed, status, by=key)


def with_plan(point: Point, instance: Instance, policy: Policy, plan: Plan, knobs: Sequence[Knob]) -> Point:
    """Return the point with its plan, after the audit has passed that under the point's own policy.

    Parameters
    ----------
    policy : with the point's values
    plan : the main plan; where it states no facts of its placements (`stripped`), the audit's are taken

    Raises
    ------
    AuditFailedError
        Where the audit finds any breach, or recounts a goal to another value.
    """
    found = audit(instance, policy, plan)
    if not found.ok or [(line.goal, line.value) for line in plan.goals] != [tuple(goal) for goal in found.goals]:
        raise AuditFailedError(point.key, found)
    lines = [(line.group, line.value) for line in found.rules if len(knobs) == 1 and line.rule == knobs[0].rule]
    last = attained(policy, knobs[0], [value for _, value in lines]) if len(knobs) == 1 else None
    whole = replace(plan, placements=found.placements)
    return replace(point, goals=plan.goals, metrics=score(instance, policy, whole).to_dict(),
                   km=total_km(found.placements), placements=tuple((p.teacher, p.need) for p in found.placements),
                   until=None if last is None or point.status != "optimal" else str(last))


def stripped(point: Point) -> Plan:
    """Return a point's plan with nothing but who goes where and the goals."""
    silent = (None,) * (len(Placement._fields) - 2)
    pairs = tuple(Placement(teacher, need, *silent) for teacher, need in point.placements)
    return Plan(MAIN, point.status, point.seed, pairs, point.goals, edited=True)


def total_km(placements: Sequence[Placement]) -> float:
    """Return the kilometres of all placements together, but for those whose distance is unknown."""
    return sum(round(10 * p.km) for p in placements if p.km is not None) / 10


def attained(policy: Policy, knob: Knob, figures: Sequence[int | str]) -> Fraction | None:
    """Return the tightest bound that a plan keeps to whose groups stand like that; None where that is not known.

    Parameters
    ----------
    figures : what the audit counts in each group
    """
    rule = policy.rule(knob.rule) if knob.rule else None
    bounded = (isinstance(rule, Quota) and rule.from_seats is None) or isinstance(rule, Balance)
    if not bounded or not knob.tight or knob.field not in ("at_least", "at_most"):
        return None
    found = [number(figure) for figure in figures if not str(figure).endswith("/0")]
    if not found:
        return None
    return min(found) if knob.tight > 0 else max(found)
