"""Policies of a few rules and plans of a few placements, written in a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from matching.audit import Audit, Facts, audit
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.domain.text import Text
from matching.policy.conditions import Condition, Conditions, FieldRef
from matching.policy.model import (
    Balance,
    Credit,
    Place,
    Policy,
    Quota,
    Require,
    Rule,
    Staffing,
    Subsidy,
    Together,
)


def cond(*texts: str) -> Conditions:
    """Conditions of which the audit reads only the text."""
    return tuple(Condition(text, ()) for text in texts)


def _read(values: dict[str, Any]) -> dict[str, Any]:
    read = dict(values)
    for name in ("when", "that", "count"):
        if isinstance(read.get(name), str):
            read[name] = cond(read[name])
    for name in ("at_least", "at_most", "plus"):
        if isinstance(read.get(name), str):
            read[name] = FieldRef(read[name])
        elif read.get(name) is not None:
            read[name] = Fraction(str(read[name]))
    return read


def _rule(kind: type[Any], rule_id: str, values: dict[str, Any]) -> Any:
    return kind(**({"id": rule_id, "title": Text(f"规则{rule_id}", f"Rule {rule_id}")} | _read(values)))


def require(rule_id: str, **values: Any) -> Require:
    return _rule(Require, rule_id, values)


def place(rule_id: str, **values: Any) -> Place:
    return _rule(Place, rule_id, values)


def quota(rule_id: str, per: str = "plan", **values: Any) -> Quota:
    return _rule(Quota, rule_id, {"per": tuple(part.strip() for part in per.split("*"))} | values)


def together(rule_id: str, **values: Any) -> Together:
    return _rule(Together, rule_id, values)


def subsidy(rule_id: str, amount: int, item: str = "pay", **values: Any) -> Subsidy:
    return _rule(Subsidy, rule_id, {"item": item, "amount": Fraction(amount)} | values)


def balance(rule_id: str, per: str = "home", **values: Any) -> Balance:
    return _rule(Balance, rule_id, {"per": tuple(part.strip() for part in per.split("*"))} | values)


def credit(rule_id: str, activity: str, amount: str, unit: str = "class_hours", **values: Any) -> Credit:
    return _rule(Credit, rule_id, {"activity": activity, "unit": unit, "amount": Fraction(amount)} | values)


def staffing(rule_id: str, stage: str, pupils_per_post: str, **values: Any) -> Staffing:
    given = {"stage": stage, "pupils_per_post": Fraction(pupils_per_post)}
    return _rule(Staffing, rule_id, given | values)


def policy(*rules: Rule, **values: Any) -> Policy:
    given: dict[str, Any] = {"id": "p", "title": Text("政策", "Policy"), "reference_date": date(2026, 9, 1)}
    return Policy(**(given | {"rules": rules} | values))


def plan(instance: Instance, under: Policy, /, *pairs: tuple[str, str], **values: Any) -> Plan:
    """A plan of true placements that states nothing else."""
    facts = Facts(instance, under)
    given: dict[str, Any] = {"plan": "main", "status": "feasible", "seed": 0}
    return Plan(**(given | {"placements": tuple(facts.placement(*pair) for pair in pairs)} | values))


def judge(instance: Instance, under: Policy, /, *pairs: tuple[str, str], **values: Any) -> Audit:
    """The audit of a plan of true placements."""
    return audit(instance, under, plan(instance, under, *pairs, **values))


def judge_pairs(instance: Instance, under: Policy, pairs: Iterable[tuple[str, str]]) -> Audit:
    """The audit of placements of which nothing is stated."""
    bare = tuple(Placement(*pair, *[None] * 7) for pair in pairs)
    return audit(instance, under, Plan("edited", "unknown", 0, bare, edited=True))


def broken(found: Audit) -> list[tuple[str, str]]:
    """Rule and group of every breach."""
    return [(b.rule, b.group) for b in found.breaches]
