"""What is said of rules whose figures are no counts against a bound: balance and staffing."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import RuleLine
from matching.domain.text import Lang, Text
from matching.policy.model import Balance, Rule, Staffing
from matching.report.content import Flows


class Case(NamedTuple):
    """What the lines of rules are told of; `flows` is by rule id and group."""

    instance: Instance
    flows: Flows
    lang: Lang


class Said(NamedTuple):
    """What is so, and what is asked for."""

    actual: str
    required: str


def said_of(case: Case, rule: Rule | None, line: RuleLine, plain: Said) -> Said:
    """Return what is said of a line, where that of other rules would be `plain`."""
    if isinstance(rule, Staffing):
        called = Text(f"应有 {line.required:,} 人", f"{line.required:,} called for")
        return Said(_staff(line).get(case.lang), called.get(case.lang))
    return _moved(case, line, plain) if isinstance(rule, Balance) else plain


def _moved(case: Case, line: RuleLine, plain: Said) -> Said:
    equal = "" if ".." in str(line.required) or plain.required.startswith(("≥", "≤")) else "= "
    asked = Text(f"派出减到岗 {equal}{plain.required}", f"leaves less comes {equal}{plain.required}").get(case.lang)
    flow = case.flows.get((line.rule, line.group))
    if flow is None:
        actual = Text(f"派出减到岗 {plain.actual}", f"leaves less comes {plain.actual}")
    else:
        actual = Text(f"派出 {flow.leave:,} 人，到岗 {flow.come:,} 人", f"leaves {flow.leave:,}, comes {flow.come:,}")
    return Said(actual.get(case.lang), asked if plain.required else "")


def _staff(line: RuleLine) -> Text:
    if line.value == "":
        return Text("教师数未填", "staff not given")
    return Text(f"现有 {line.value:,} 人", f"there are {line.value:,}")
