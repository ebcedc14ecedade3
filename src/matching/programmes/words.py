"""Programmes in words, for the screen and for the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from matching.domain.plan import Status
from matching.domain.text import Lang, Text
from matching.policy.model import Quota, Rule
from matching.programmes.outcome import Check
from matching.programmes.programme import Programme
from matching.programmes.standing import RuleStanding, standings
from matching.report.standing import UNITS

STATUS: Mapping[Status, Text] = {
    "optimal": Text("已证最优", "optimal"), "feasible": Text("可行", "feasible"),
    "infeasible": Text("规则冲突", "infeasible"), "unknown": Text("未求出", "unknown"),
}
UNREADABLE = Text("读不了", "unreadable")
_UNITS: Mapping[str, Text] = {
    "require": Text(" 人次", " placements"), "place": Text(" 人", " persons"), "together": Text(" 组", " groups"),
    "balance": Text(" 人", " persons"), "staffing": Text(" 人", " posts"),
}


def shortfall_words(rule: Rule, shortfall: int, lang: Lang) -> str:
    """Return a shortfall in the unit in which the rule is counted."""
    if isinstance(rule, Quota):
        unit = UNITS[rule.measure]
        return f"{Decimal(shortfall) * unit.step:,f}{unit.name.get(lang)}"
    return f"{shortfall:,}{_UNITS[rule.kind].get(lang)}"


def main_standings(programme: Programme) -> tuple[RuleStanding, ...]:
    """Return how the rules stand in the programme's first case."""
    return standings(programme.outcomes[0]) if programme.outcomes else ()


def short_words(standing: RuleStanding, lang: Lang) -> str:
    """Return which rule falls short and by how much."""
    title = standing.rule.title
    amount = shortfall_words(standing.rule, standing.shortfall, lang)
    return Text(f"{title.zh}（差 {amount}）", f"{title.en} ({amount} short)").get(lang)


def check_words(check: Check, lang: Lang) -> str:
    """Return what was expected and what was found."""
    name = f"{check.case}.{check.id}"
    said = check.title.get(lang)
    called = f"{name} {said}" if said else name
    return Text(f"{called}：应为 {check.expected}，实为 {check.found}",
                f"{called}: expected {check.expected}, found {check.found}").get(lang)


def status_word(programme: Programme, lang: Lang) -> str:
    """Return what the first case came to."""
    return (STATUS[programme.outcomes[0].status] if programme.outcomes else UNREADABLE).get(lang)
