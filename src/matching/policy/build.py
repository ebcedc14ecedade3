"""From a draft to a `Policy`, with everything that is wrong found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from matching.domain.findings import Finding, InputError
from matching.domain.text import Text
from matching.policy import fronts as f
from matching.policy import goals as g
from matching.policy import values as v
from matching.policy.draft import Draft, Place, Table, first_place
from matching.policy.faults import fault
from matching.policy.literals import Vocabularies
from matching.policy.model import Goal, Policy, Rule, Variant
from matching.policy.rules import build_rule
from matching.policy.tables import Desk, required
from matching.policy.words import UNKNOWN

POLICY: dict[str, Callable[[object], object]] = {
    "id": v.required_text, "title": v.title, "source": v.text, "reference_date": v.day, "backbone": v.backbone,
    "detour": v.detour, "unknown": v.word_of(UNKNOWN, "缺值处理", "way to treat missing values"),
    "alternatives": v.count, "differ": v.positive, "loss": f.loss, "fronts": f.fronts,
}


def build(draft: Draft, vocabularies: Vocabularies, findings: Iterable[Finding] = ()) -> Policy:
    """Return the policy that `draft` states; `findings` are those already made.

    Raises
    ------
    InputError
        With every finding: wrong values, unknown keys, rules without a meaning.
    """
    desk = Desk(vocabularies, list(findings))
    settings: dict[str, Any] = desk.read(draft.policy, POLICY, "policy")
    home = first_place(draft.policy, Place(""))
    desk.report(required(draft.policy, ("id", "reference_date")), home, "policy")
    rules = tuple(r for r in (build_rule(key, raw, desk) for key, raw in draft.rules.items()) if r is not None)
    goals = g.build_goals(draft.goals, home, desk)
    points = g.build_named(draft.points, "points", g.point_name, g.point_value, desk)
    variants = g.build_variants(draft.variants, goals, desk)
    ranking = _ranking(draft.ranking, desk)
    if not desk.findings:
        _check_goals(draft, goals, variants, rules, desk)
        desk.report(f.front_faults(settings.get("fronts", ()), rules), *_stated(draft, "fronts"))
    if desk.findings:
        raise InputError(desk.findings)
    settings.setdefault("title", Text(settings["id"], settings["id"]))
    return Policy(**settings, rules=rules, goals=goals, points=points, variants=variants, ranking=ranking)


def _ranking(raw: Table, desk: Desk) -> dict[str, Any]:
    weights = g.build_named(raw, "ranking.weights", g.criterion, lambda _, value: v.amount(value), desk)
    if weights and not any(weights.values()):
        desk.report((fault("no_weight"),), first_place(raw, Place("")), "ranking")
    return weights


def _stated(draft: Draft, key: str) -> tuple[Place, str, str]:
    """Return where the policy states `key`, for findings."""
    return (draft.policy[key].place if key in draft.policy else Place("")), "policy", key


def _check_goals(draft: Draft, goals: tuple[Goal, ...], variants: tuple[Variant, ...], rules: tuple[Rule, ...],
                 desk: Desk) -> None:
    stated = [first_place(raw, Place("")) for raw in (*(draft.goals or ()), draft.policy)]
    desk.report(g.goal_faults(goals, rules), stated[0], "goal")
    for variant in variants:
        place = draft.variants[variant.id]["id"].place
        if variant.goals is not None:
            desk.report(g.goal_faults(variant.goals, rules), place, f"variant {variant.id}", "goals")
