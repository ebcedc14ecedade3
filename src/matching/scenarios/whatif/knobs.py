"""What can be varied of a policy, by name: a field of a rule, a number in its conditions, points, goals, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from matching.domain.findings import Finding, InputError
from matching.policy import replace as changed
from matching.policy.model import Balance, Policy, Quota, Require, Rule
from matching.scenarios.whatif import goal_knobs
from matching.scenarios.whatif.clauses import Number, put
from matching.scenarios.whatif.values import Value, shown

Family = Literal["rule", "number", "table", "goal", "ranking"]
BOUNDS = {"at_least": 1, "at_most": -1, "from_seats": -1}
"""Which way of a bound of a hard rule allows fewer plans: up, or down."""


@dataclass(frozen=True)
class Knob:
    """One thing that is varied.

    Attributes
    ----------
    name : in one spelling, ``backbone-share.at_least``
    rule, field : the rule's id and its field; empty where it is no rule's
    number : where in the rule's conditions the number stands, of a number there
    own : what the policy itself says; None where that is no single value, or the rule is off
    tight : 1 where a larger value allows fewer plans and changes nothing else, -1 where a smaller one does, else 0
    """

    name: str
    family: Family
    rule: str = ""
    field: str = ""
    number: Number | None = None
    own: Value | None = None
    tight: int = 0

    def put(self, policy: Policy, value: Value) -> Policy:
        """Return the policy with that value; a rule that is off is switched on by it.

        Raises
        ------
        InputError
            Where the value is none that this can take.
        """
        if self.family == "goal":
            return goal_knobs.put(policy, self.name, value)
        if self.family in ("table", "ranking"):
            return _changed(policy, {self.name: value})
        rule = policy.rule(self.rule)
        new = put(rule, self.number, value) if self.number else {self.field: value}
        on = {} if rule.on or self.field == "on" else {"on": True}
        return _changed(policy, {self.rule: {**new, **on}}, self.name)

    def covers(self, found: Value | None, wanted: Value | None) -> bool:
        """Tell whether a plan that is best under `found`, and keeps to `wanted`, is best under that too."""
        if found == wanted or self.family == "ranking":
            return True
        numbers = isinstance(found, Fraction) and isinstance(wanted, Fraction)
        return numbers and self.tight * (wanted - found) > 0  # type: ignore[operator]


def turned(policy: Policy, knobs: Sequence[Knob], values: Sequence[Value | None]) -> Policy:
    """Return the policy with each knob's value; None leaves what the policy says."""
    for knob, value in zip(knobs, values, strict=True):
        policy = policy if value is None else knob.put(policy, value)
    return policy


def rule_tightness(policy: Policy, rule: Rule, field: str) -> int:
    """Return which way of a rule's bound allows fewer plans; 0 where it does more than that."""
    if rule.enforce != "hard" or not isinstance(rule, Quota | Balance):
        return 0
    return BOUNDS.get(field, 0)


def number_tightness(policy: Policy, rule: Rule, number: Number) -> int:
    """Return which way of a number in a rule on eligibility allows fewer plans; 0 where it does more than that.

    Shares of those eligible, and evenness, ask who has a post at all.
    """
    if not isinstance(rule, Require) or rule.enforce != "hard" or number.key != "that":
        return 0
    goals = (*policy.goals, *(goal for variant in policy.variants for goal in variant.goals or ()))
    asked = any(isinstance(r, Quota) and r.of == "eligible" for r in policy.rules if r.on)
    if asked or any(goal.kind == "fair" for goal in goals):
        return 0
    return {"<": -1, "<=": -1, ">": 1, ">=": 1}.get(number.op, 0)


def _changed(policy: Policy, changes: dict[str, object], name: str = "") -> Policy:
    try:
        return changed(policy, changes)
    except InputError as problem:
        raise InputError(_placed(f, name or next(iter(changes)), changes) for f in problem.findings) from None


def _placed(finding: Finding, name: str, changes: dict[str, object]) -> Finding:
    (value,) = changes.values()
    if isinstance(value, dict):
        value = next(iter(value.values()))
    seen = finding.value if finding.value else shown(value) if isinstance(value, Fraction | str | bool) else None
    return finding._replace(column=name, value=seen)


def with_own(knob: Knob, policy: Policy) -> Knob:
    """Return the knob with what the policy itself says."""
    if knob.family in ("table", "ranking"):
        table, _, key = knob.name.partition(".")
        holders: dict[str, object] = {"policy": policy, "points": policy.points, "ranking": policy.ranking}
        return replace(knob, own=_value(holders[table], key))
    if knob.family == "goal":
        return replace(knob, own=goal_knobs.own(policy, knob.name))
    rule = policy.rule(knob.rule)
    if not rule.on and knob.field != "on":
        return knob
    return replace(knob, own=knob.number.value if knob.number else _value(rule, knob.field))


def _value(holder: object, key: str) -> Value | None:
    found = holder.get(key) if isinstance(holder, dict) else getattr(holder, key, None)
    if isinstance(found, int) and not isinstance(found, bool):
        return Fraction(found)
    return found if isinstance(found, Fraction | bool | str) else None
