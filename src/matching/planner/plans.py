"""From a solution to a plan that has passed the audit."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.audit import Audit, Auditor
from matching.domain.garbage import collector_paused
from matching.domain.plan import GoalLine, Plan, RuleLine, Status
from matching.engines import Solution
from matching.explain.reasons import Reasons
from matching.policy.model import Rule, Staffing
from matching.problem import Problem
from matching.problem.points import points_of_arcs
from matching.problem.program import Int64


class AuditFailedError(Exception):
    """A solution that the audit refuses: a fault of the program, never shown as a plan."""

    def __init__(self, plan: str, found: Audit) -> None:
        self.audit = found
        lines = [f"{b.rule} {b.group}: {b.text.zh} / {b.text.en}" for b in found.breaches[:20]]
        super().__init__(f"plan {plan} did not pass the audit:\n" + "\n".join(lines))


class Audited(NamedTuple):
    """A plan that has passed the audit, and how every rule stands in every group of it; the plan lists only some."""

    plan: Plan
    lines: tuple[RuleLine, ...]


def audited(plan_id: str, problem: Problem, solution: Solution, seed: int, told: Problem | None = None,
            auditor: Auditor | None = None) -> Audited:
    """Return the plan that a solution stands for, with reasons, after the audit has passed it.

    Parameters
    ----------
    told : where reasons are looked for, if `problem` has only some of the eligible pairs: one with the plan's pairs and
        all of those without a post
    auditor : of the instance and the policy, where it has more than this plan to judge

    Raises
    ------
    AuditFailedError
        Where the audit finds any breach, or recounts a goal to another value.
    """
    assert solution.x is not None
    with collector_paused():
        plan, found = judged(plan_id, problem, solution.x, seed, solution.status, goal_lines(problem, solution), told,
                             auditor)
    rules = {rule.id: rule for rule in problem.policy.rules}
    listed = tuple(line for line in found.rules if _worth_a_line(line, rules[line.rule]))
    return Audited(replace(plan, rules=listed), found.rules)


def judged(plan_id: str, problem: Problem, x: Int64, seed: int, status: Status = "feasible",
           goals: tuple[GoalLine, ...] = (), told: Problem | None = None,
           auditor: Auditor | None = None) -> tuple[Plan, Audit]:
    """Return the plan that the columns' values stand for, with reasons and the goals that it states, and its audit.

    Raises
    ------
    AuditFailedError
        Where the audit finds any breach.
    """
    placements = problem.decode(x)
    told = told or problem
    reasons = Reasons(told, placements)
    points = _points(told, reasons.spare)
    plan = Plan(plan_id, status, seed, placements, goals, reasons.unplaced(), reasons.unfilled(), (),
                reasons.reserve(points))
    found = (auditor or Auditor(problem.instance, problem.policy)).audit(plan)
    if not found.ok:
        raise AuditFailedError(plan_id, found)
    return plan, found


def _points(problem: Problem, arcs: Int64) -> Int64:
    """Return the points of some arcs by their positions among all; of the others 0."""
    points = np.zeros(len(problem.arcs), np.int64)
    points[arcs] = points_of_arcs(problem.policy.points, problem.fields, problem.arcs.only(arcs),
                                  problem.facts.only(arcs))
    return points


def goal_lines(problem: Problem, solution: Solution) -> tuple[GoalLine, ...]:
    """Return each goal with its value in the final plan, beside what the engine found and proved."""
    assert solution.x is not None
    return tuple(GoalLine(o.name, goal.value(solution.x), o.best, o.bound, o.gap)
                 for o, goal in zip(solution.goals, problem.program.objectives, strict=True))


def _worth_a_line(line: RuleLine, rule: Rule) -> bool:
    return not line.ok or line.group == "plan" or rule.enforce != "hard" or isinstance(rule, Staffing)
