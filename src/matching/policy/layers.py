"""Laying drafts over one another, and taking a built policy apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from matching.domain.findings import Finding
from matching.policy.draft import Draft, Place, Table, table
from matching.policy.faults import fault
from matching.policy.model import Goal, Policy, Rule, Variant
from matching.policy.words import KIND


def lay(parent: Draft, child: Draft, findings: list[Finding]) -> Draft:
    """Return `parent` with `child` laid over it; a rule whose kind the child would change is noted and kept."""
    changed = [key for key in child.rules if key in parent.rules and _kinds_differ(key, parent, child, findings)]
    kept = {key: raw for key, raw in child.rules.items() if key not in changed}
    return parent.under(replace(child, rules=kept))


def stack(layers: Iterable[Draft], findings: list[Finding]) -> Draft:
    """Return `layers`, the root first, as one draft."""
    whole = Draft()
    for layer in layers:
        whole = lay(whole, layer, findings)
    return whole


def _kinds_differ(key: str, parent: Draft, child: Draft, findings: list[Finding]) -> bool:
    old, new = parent.rules[key].get("kind"), child.rules[key].get("kind")
    if old is None or new is None or not isinstance(old.value, str) or not isinstance(new.value, str):
        return False
    was, now = KIND.lookup(old.value), KIND.lookup(new.value)
    if was is None or now is None or was == now:
        return False
    findings.append(new.place.finding(fault("kind_changed", new.value, (was,), rule=key, was=was), key, "kind"))
    return True


def draft_of(policy: Policy) -> Draft:
    """Return the draft that builds `policy`: every value as read, those at their default left out."""
    place = Place(policy.id)
    always = ("id", "title", "reference_date", "backbone", "detour", "unknown")
    settings = {name: getattr(policy, name) for name in always}
    return Draft(
        policy=table(settings | stated(policy, ("source", "alternatives", "differ", "loss", "fronts")), place),
        rules={rule.id: _rule(rule) for rule in policy.rules},
        goals=tuple(table(goal_values(goal), place) for goal in policy.goals),
        points=table(policy.points, place),
        variants={v.id: table(_variant(v), place) for v in policy.variants},
        ranking=table(policy.ranking, place),
    )


def _rule(rule: Rule) -> Table:
    own = stated(rule, tuple(f.name for f in fields(rule) if f.name not in ("id", "title", "origin")))
    if isinstance(own.get("per"), tuple):
        own["per"] = " * ".join(own["per"])
    return table({"id": rule.id, "kind": rule.kind, "title": rule.title} | own, Place(rule.origin))


def goal_values(goal: Goal) -> Mapping[str, object]:
    """Return what a goal says beside its defaults."""
    return {"kind": goal.kind} | stated(goal, tuple(f.name for f in fields(goal) if f.name != "kind"))


def _variant(variant: Variant) -> Mapping[str, object]:
    return {"id": variant.id, "title": variant.title} | stated(variant, ("points", "goals", "method"))


def stated(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return those of a dataclass's fields `names` that differ from their default."""
    found = {}
    for f in fields(record):
        value = getattr(record, f.name)
        default = f.default_factory() if callable(f.default_factory) else f.default
        if f.name in names and value != default:
            found[f.name] = value
    return found
