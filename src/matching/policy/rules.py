"""From a rule's raw table to a `Rule`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from matching.domain.terms import STAGE
from matching.domain.text import Text
from matching.policy import values as v
from matching.policy.checks import Named, bound_faults, rule_faults
from matching.policy.draft import Table
from matching.policy.faults import FaultError, shorten, word
from matching.policy.literals import Vocabularies
from matching.policy.model import Balance, Credit, Quota, Require, Rule, Staffing, Subsidy, Together
from matching.policy.model import Place as PlaceRule
from matching.policy.sheet_names import name_in
from matching.policy.tables import Desk, required
from matching.policy.values import Reader
from matching.policy.words import CREDIT_UNIT, ENFORCE, KIND

KINDS: Mapping[str, type[Rule]] = {
    "require": Require, "place": PlaceRule, "quota": Quota, "together": Together, "balance": Balance,
    "subsidy": Subsidy, "credit": Credit, "staffing": Staffing,
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "require": ("that",), "subsidy": ("item", "amount"), "credit": ("activity", "unit", "amount"),
    "staffing": ("stage", "pupils_per_post"),
}
COMMON: Mapping[str, Reader] = {
    "id": v.required_text, "kind": v.text, "title": v.title, "source": v.text, "on": v.yes,
    "enforce": v.word_of(ENFORCE, "执行方式", "way to enforce"), "penalty": v.count,
    "bend": v.bend,
}
OWN: Mapping[str, Mapping[str, Reader]] = {
    "require": {},
    "place": {},
    "quota": {"measure": v.measure, "of": v.of, "per": v.per, "at_least": v.bound, "at_most": v.bound,
              "from_seats": v.positive, "plus": v.numeric_field},
    "together": {"by": v.one_field, "per": v.one_field},
    "balance": {"per": v.per, "at_least": v.signed, "at_most": v.signed},
    "subsidy": {"item": v.required_text, "amount": v.amount},
    "credit": {"activity": v.activity, "unit": v.word_of(CREDIT_UNIT, "折算单位", "unit of credit"),
               "amount": v.amount, "min_per_term": v.amount, "at_most": v.amount},
    "staffing": {"stage": v.word_of(STAGE, "学段", "stage"), "pupils_per_post": v.above_zero},
}
CONDITIONS: Mapping[str, tuple[str, ...]] = {"require": ("when", "that"), "quota": ("when", "count")}


def spec(kind: str, vocabularies: Vocabularies) -> Mapping[str, Reader]:
    """Return what each key of a rule of `kind` takes."""
    condition = partial(v.conditions, vocabularies=vocabularies)
    texts = dict.fromkeys(CONDITIONS.get(kind, ("when",)), condition)
    return {**COMMON, **texts, **OWN[kind]}


def rule_kind(value: object) -> str:
    """Return the key of a rule's kind; FaultError where it is none."""
    return word(v.text(value), KIND, Text("规则类型", "kind of rule"))


def build_rule(rule_id: str, table: Table, desk: Desk) -> Rule | None:
    """Return the rule that `table` states; what is wrong is noted at `desk`, and then there is none."""
    place = table["id"].place
    before = len(desk.findings)
    try:
        kind = rule_kind(table["kind"].value) if "kind" in table else ""
    except FaultError as refused:
        desk.report(refused.faults, table["kind"].place, rule_id, "kind")
        return None
    if not kind:
        desk.report(required(table, ("kind",), place.sheet), place, rule_id)
        return None
    given: dict[str, Any] = desk.read(table, spec(kind, desk.vocabularies), rule_id)
    desk.report(required(table, REQUIRED.get(kind, ()), place.sheet), place, rule_id)
    if len(desk.findings) > before:
        _report(bound_faults(given.get("of"), given.get("at_least"), given.get("at_most")), table, rule_id, desk)
        return None
    del given["kind"]
    rule = KINDS[kind](**{"title": Text(rule_id, rule_id), **given, "origin": place.origin})
    _report(rule_faults(rule), table, rule_id, desk)
    return rule if len(desk.findings) == before else None


def _report(faults: Iterable[Named], table: Table, rule_id: str, desk: Desk) -> None:
    for key, fault in faults:
        cell = table.get(key, table["id"])
        if key in ("at_least", "at_most") and key in table:
            fault = fault._replace(value=shorten(str(cell.value)))
        if fault.code == "no_bound":
            fault = fault._replace(suggest=tuple(name_in(cell.place.sheet, name) for name in fault.suggest))
        desk.report((fault,), cell.place, rule_id, key)
