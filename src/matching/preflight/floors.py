"""Quotas that ask for more than anyone can give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from matching.domain.findings import Finding
from matching.domain.sheets import PAIRINGS
from matching.domain.text import Text
from matching.preflight.spot import Spot
from matching.problem import Problem
from matching.problem.bases import base_values, bound_values, plus_values
from matching.problem.counts import UNITS, Cast, Form
from matching.problem.pairings import row_labels

MOST = 20
"""Findings of one rule."""


def unreachable_floors(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield groups of hard quotas whose floor lies above all that their eligible pairs add up to."""
    for quota in problem.quotas:
        if quota.rule.enforce == "hard" and quota.rule.from_seats is None:
            for form in (f for f in quota.forms if f.sign > 0 and f.limit is not None):
                short = np.flatnonzero(form.required > form.most)[:MOST]
                yield from (_unreachable(problem, spot, quota, form, int(at)) for at in short)


def _unreachable(problem: Problem, spot: Spot, quota: Cast, form: Form, at: int) -> Finding:
    rule, group = quota.rule, quota.groups.labels[form.groups[at]]
    asked, there = _asked(problem, quota, form, at)
    most = f"{form.most[at] / UNITS.get(rule.measure, 1):g}"
    text = Text(f"规则“{rule.title.zh}”（{rule.id}）要求 {_zh(group)} 至少 {asked}，"
                + (f"已有 {there}，而可去的人全去也只能再加 {most}" if there else f"而可去的人全去也只有 {most}"),
                f"Rule {rule.id} asks for at least {asked} in {group}"
                + (f", where {there} is there already; all who may go add {most}" if there
                   else f"; all who may go make {most}"))
    if rule.per == ("pairing.row",) and not isinstance(rule.at_least, Fraction):
        row = next(index for index, label in row_labels(problem.instance).items() if label == group)
        return spot.warning("floor_out_of_reach", text, PAIRINGS, row, "min", asked)
    return spot.of_rule("floor_out_of_reach", text, rule, "at_least", problem.instance.policy, asked)


def _asked(problem: Problem, quota: Cast, form: Form, at: int) -> tuple[str, str]:
    """Return the rule's own number in a group, and what is there already; empty where nothing is."""
    rule, groups, unit = quota.rule, quota.groups, UNITS.get(quota.rule.measure, 1)
    if rule.plus is None or rule.at_least is None:
        return f"{form.required[at] / unit:g}", ""
    group = form.groups[at:at + 1]
    bounds = bound_values(rule, rule.at_least, groups, problem.fields)
    floor = bounds.times(base_values(rule, groups, problem.fields, problem.arcs)).take(group).ceil(unit)[0]
    there = plus_values(rule, groups, problem.fields).take(group)
    return f"{floor / unit:g}", f"{there.numerators[0] / there.denominator:g}" if there.numerators[0] else ""


def _zh(group: str) -> str:
    return "全部安置" if group == "plan" else f"“{group}”"
