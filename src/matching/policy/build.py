"""From a draft to a `Policy`, with everything that is wrong found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from matching.domain.findings import Finding, InputError
from matching.domain.text import Text
from matching.policy import goals as g
from matching.policy import values as v
from matching.policy.draft import Cell, Draft, Place, Table
from matching.policy.faults import fault
from matching.policy.literals import Vocabularies
from matching.policy.model import Goal, Policy, Rule
from matching.policy.rules import build_rule
from matching.policy.tables import Desk, required
from matching.policy.words import UNKNOWN

POLICY: dict[str, Callable[[object], object]] = {
    "id": v.required_text, "title": v.title, "source": v.text, "reference_date": v.day, "backbone": v.backbone,
    "detour": v.detour, "unknown": v.word_of(UNKNOWN, "缺值处理", "way to treat missing values"),
    "alternatives": v.count, "differ": v.positive,
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
    desk.report(required(draft.policy, ("id", "reference_date")), _place(draft.policy), "policy")
    rules = tuple(r for r in (build_rule(key, raw, desk) for key, raw in draft.rules.items()) if r is not None)
    goals = g.build_goals(draft.goals, desk)
    points = g.build_named(draft.points, "points", g.point_name, g.point_value, desk)
    variants = g.build_variants(draft.variants, goals, desk)
    ranking = _ranking(draft.ranking, desk)
    if not desk.findings:
        _check_goals(draft, goals, [(x.id, x.goals) for x in variants if x.goals is not None], rules, desk)
    if desk.findings:
        raise InputError(desk.findings)
    settings.setdefault("title", Text(settings["id"], settings["id"]))
    return Policy(**settings, rules=rules, goals=goals, points=points, variants=variants, ranking=ranking)


def _ranking(raw: Table, desk: Desk) -> dict[str, Any]:
    weights = g.build_named(raw, "ranking.weights", g.criterion, lambda _, value: v.amount(value), desk)
    if weights and not any(weights.values()):
        desk.report((fault("no_weight"),), _place(raw), "ranking")
    return weights


def _check_goals(draft: Draft, goals: tuple[Goal, ...], variants: Iterable[tuple[str, tuple[Goal, ...]]],
                 rules: tuple[Rule, ...], desk: Desk) -> None:
    cells = [cell for raw in draft.goals or () for cell in raw.values()]
    desk.report(g.goal_faults(goals, rules), _first(cells) or _place(draft.policy), "goal")
    for variant_id, own in variants:
        place = draft.variants[variant_id]["id"].place
        desk.report(g.goal_faults(own, rules), place, f"variant {variant_id}", "goals")


def _place(raw: Table) -> Place:
    return _first(raw.values()) or Place("")


def _first(cells: Iterable[Cell]) -> Place | None:
    found: Iterator[Place] = (cell.place for cell in cells)
    return next(found, None)
