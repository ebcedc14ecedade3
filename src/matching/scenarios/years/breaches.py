"""Placements out of turn in a plan, counted without the model, and what stood in the way of each turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from matching.audit import Auditor
from matching.domain.plan import Placement, Plan
from matching.problem import Problem
from matching.scenarios.years.turns import Levels, Served, missed_turns


class Reason(NamedTuple):
    """What stands in the way of sending a peer instead.

    `code` is ``rule`` (a hard rule refuses the peer the post), ``group`` (a hard rule on numbers or on who is placed
    would break, in `group`), ``goal`` (a goal before the turns, `rule`, would be met less well, as an empty seat), or
    ``chain`` (only this post would change hands and another turn would be missed instead).
    """

    code: str
    rule: str
    group: str = ""


class OutOfTurn(NamedTuple):
    """`teacher` was sent to `need` though `peer`, who has served less and could be sent, was not.

    `peer` is the first of `peers`, those who served least; `reason` says why the peer does not simply take the post.
    It is proven that no plan with the same goals before the turns has fewer placements out of turn, unless `proven` is
    false.
    """

    year: int
    teacher: str
    need: str
    served: int
    peer: str
    peer_served: int
    peers: tuple[str, ...]
    reason: Reason
    proven: bool


def out_of_turn(year: int, problem: Problem, plan: Plan, groups: tuple[Levels, ...], served: Mapping[str, Served],
                proven: bool) -> tuple[OutOfTurn, ...]:
    """Return every placement out of turn, in the order of the teachers."""
    teachers = problem.instance.teachers
    at = {t.teacher_id: k for k, t in enumerate(teachers)}
    placed = {at[p.teacher]: p for p in plan.placements}
    auditor, found = Auditor(problem.instance, problem.policy), []
    for late, waiting in sorted(missed_turns(groups, placed)):
        who, missed = teachers[late].teacher_id, tuple(teachers[p].teacher_id for p in waiting)
        reason = _reason(auditor, problem, plan, placed[late], missed[0])
        found.append(OutOfTurn(year, who, placed[late].need, served[who][0], missed[0], served[missed[0]][0], missed,
                               reason, proven))
    return tuple(found)


def _reason(auditor: Auditor, problem: Problem, plan: Plan, placement: Placement, peer: str) -> Reason:
    refused = problem.refusals(peer, placement.need)
    if refused:
        return Reason("rule", refused[0])
    swapped = tuple(p for p in plan.placements if p is not placement)
    taken = Placement(peer, placement.need, None, None, None, None, None, None, None)
    instead = Plan(plan.plan, "feasible", plan.seed, (*swapped, taken), edited=True)
    breaches = auditor.audit(instead).breaches
    if breaches:
        return Reason("group", breaches[0].rule, breaches[0].group)
    before = auditor.goal_values(plan.placements)
    after = auditor.goal_values(instead.placements)
    worse = [one.goal for one, other in zip(before, after, strict=True) if one.value != other.value]
    return Reason("goal", worse[0]) if worse and worse[0] not in ("points",) else Reason("chain", "")
