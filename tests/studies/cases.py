"""Cases made by hand: the base preset, further rules before its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from matching import policy as policies
from matching.audit import Facts
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.records import LedgerRow
from matching.domain.text import Text
from matching.policy.conditions import Conditions
from matching.policy.model import Policy, Rule
from matching.studies import STUDIES, Case

TITLE = Text("规则", "Rule")
BASE = policies.load("base")


def policy(*rules: Rule, **fields: Any) -> Policy:
    return replace(BASE, rules=(*rules, *BASE.rules), **fields)


def when(text: str) -> Conditions:
    return (policies.condition(text),)


def case(instance: Instance, rules: Policy, *pairs: tuple[str, str]) -> Case:
    """A plan of those pairs of teacher and need, with every fact of theirs."""
    facts = Facts(instance, rules)
    return Case(instance, rules, Plan("main", "optimal", 0, tuple(facts.placement(t, n) for t, n in pairs)))


def rows(study: str, of: Case) -> tuple[Any, ...]:
    return STUDIES[study].rows(of)


def served(teacher: str, activity: str, quantity: float, day: date | None = None, site: str | None = None) -> LedgerRow:
    return LedgerRow(teacher, site, day, activity, quantity, None)
