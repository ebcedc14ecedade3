"""What would have to give way, in words with figures: a cap from 6 to 7, a share from 20% to 19.6%."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from matching.domain.text import Text
from matching.explain.breaks import Break, Figure
from matching.explain.naming import group_name
from matching.policy.model import Quota, Rule
from matching.problem import Problem

UNITS: Mapping[str, Text] = {
    "seats": Text(" 人", ""), "km": Text(" 公里", " km"), "yuan": Text(" 元", " yuan"),
    "class_hours": Text(" 课时", " class-hours"), "sites": Text(" 所学校", " schools"),
}


def stands(problem: Problem, found: Break) -> Text:
    """Return how a rule stands: what counts, and the bound that one more would break."""
    rule, group = problem.policy.rule(found.rule), group_name(problem.instance, found.group)
    unit = unit_of(rule)
    if found.bound == "together":
        return Text(f"“{rule.title.zh}”（{group.zh}）：同组 {found.limit} 人要同去一处或都不去",
                    f'"{rule.title.en}" ({group.en}): the {found.limit} of the group go to one place, or none does')
    now, then, limit = figure(found.before), figure(found.after), bound(found.limit)
    word = Text("至少", "at least") if found.bound == "at_least" else Text("至多", "at most")
    return Text(f"“{rule.title.zh}”（{group.zh}）：{word.zh} {limit}{unit.zh}，现为 {now}，再补即为 {then}",
                f'"{rule.title.en}" ({group.en}): {word.en} {limit}{unit.en}, now {now}, then {then}')


def relaxed(problem: Problem, found: Break) -> Text:
    """Return the bound as it is and as it would have to be."""
    rule, group = problem.policy.rule(found.rule), group_name(problem.instance, found.group)
    unit = unit_of(rule)
    if found.bound == "together":
        return Text(f"不受“{rule.title.zh}”（{group.zh}）限制", f'leave "{rule.title.en}" ({group.en}) aside')
    limit, then = bound(found.limit), figure(found.after)
    return Text(f"“{rule.title.zh}”（{group.zh}）由 {limit} 放宽到 {then}{unit.zh}",
                f'"{rule.title.en}" ({group.en}) from {limit} to {then}{unit.en}')


def unit_of(rule: Rule) -> Text:
    """Return what a rule's counts are of; nothing of shares."""
    if isinstance(rule, Quota):
        return Text("", "") if rule.of == "placed" else UNITS[rule.measure]
    return UNITS["seats"]


def figure(value: Figure) -> str:
    """Return a count with thousands separated; a share as a percentage, with what was counted in brackets."""
    if not isinstance(value, str):
        return f"{value:,}"
    part, _, whole = value.partition("/")
    share = Fraction(int(part), max(int(whole or 1), 1))
    percent = f"{float(100 * share):.2f}".rstrip("0").rstrip(".") + "%"
    return f"{percent} ({value})"


def bound(value: Figure) -> str:
    """Return a bound: a share as a percentage alone."""
    return figure(value).partition(" (")[0]


def plainly(value: object) -> str:
    """Return a number without a needless ``.0``; anything else as it is."""
    return f"{value:,g}" if isinstance(value, int | float) else str(value)
