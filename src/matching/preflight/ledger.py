"""Rows of the ledger that no rule credits."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.findings import Finding
from matching.domain.sheets import LEDGER
from matching.domain.text import Text
from matching.domain.vocabulary import fold
from matching.policy.faults import near
from matching.policy.model import Credit
from matching.preflight.spot import Spot
from matching.problem import Problem


def uncredited_activities(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield the first row of each activity that no credit rule names; a notice where the policy credits none at all."""
    activities = {fold(rule.activity): rule.activity for rule in problem.policy.active(Credit)
                  if rule.activity != "placement"}
    if problem.instance.ledger and not activities:
        yield _nothing_credited(problem, spot)
        return
    first: dict[str, int] = {}
    for index, row in enumerate(problem.instance.ledger):
        if fold(row.activity) not in activities:
            first.setdefault(fold(row.activity), index)
    for index in first.values():
        name = problem.instance.ledger[index].activity
        text = Text(f"政策里没有“{name}”的折算，这项活动不计课时",
                    f"No rule of the policy credits {name!r}; it counts for nothing")
        yield spot.warning("unknown_activity", text, LEDGER, index, "activity", name,
                           near(name, activities.values()) or tuple(activities.values()))


def _nothing_credited(problem: Problem, spot: Spot) -> Finding:
    rows, name = len(problem.instance.ledger), problem.instance.ledger[0].activity
    text = Text(f"政策里没有任何活动的折算规则，课时表的 {rows} 行都不计课时",
                f"The policy credits no activity; the ledger (rows: {rows}) counts for nothing")
    return spot.warning("nothing_credited", text, LEDGER, 0, "activity", name, severity="notice")
