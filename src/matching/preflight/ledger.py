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
    """Yield the first row of each activity that no credit rule names; nothing where the policy credits none at all."""
    activities = {fold(rule.activity): rule.activity for rule in problem.policy.active(Credit)
                  if rule.activity != "placement"}
    if not activities:
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
