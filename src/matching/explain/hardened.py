"""What if the rules that fall short had to hold: whether they could, and what that would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from matching import engines
from matching.audit import goal_values
from matching.domain.plan import Placement, RuleLine, Status
from matching.explain.conflicts.conflict import Diagnosis, diagnose
from matching.explain.conflicts.program import nothing
from matching.explain.inquiry import Inquiry
from matching.explain.patience import Patience
from matching.explain.people.forced import GoalChange
from matching.policy.model import Balance, Place, Policy, Quota, Require, Together
from matching.problem import Problem, compile

KINDS = (Require, Quota, Balance, Place, Together)
"""The kinds of rules that can be hard."""


@dataclass(frozen=True)
class Hardened:
    """What making those rules hard that fall short in a plan would come to.

    Attributes
    ----------
    short : how they stand in the plan, group by group; empty where every rule holds, and nothing was solved
    policy : with these rules hard
    status : of the solve under them
    cost : what they change in each goal of the plan, where they can hold
    diagnosis : where they cannot
    placements : of the best plan that was found under them
    """

    short: tuple[RuleLine, ...]
    policy: Policy
    status: Status
    cost: tuple[GoalChange, ...] = ()
    diagnosis: Diagnosis | None = None
    placements: tuple[Placement, ...] | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that fall short."""
        return tuple(dict.fromkeys(line.rule for line in self.short))

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as ``explain --conflict --json`` prints it."""
        told: dict[str, Any] = {"clash": self.diagnosis is not None, "short": [line._asdict() for line in self.short],
                                "status": self.status, "cost": [change._asdict() for change in self.cost]}
        return told | (self.diagnosis.to_dict() if self.diagnosis else {})


def hardened(inquiry: Inquiry, time_limit: float | None = None) -> Hardened:
    """Solve again with those elastic and reported rules hard that fall short in the plan.

    Parameters
    ----------
    time_limit : seconds for all of it; None for as long as the proof takes
    """
    policy = inquiry.policy
    may = {rule.id for rule in policy.rules if rule.enforce != "hard" and isinstance(rule, KINDS)}
    short = tuple(line for line in inquiry.plan.rules if not line.ok and line.rule in may)
    named = {line.rule for line in short}
    hard = replace(policy, variants=(), rules=tuple(replace(r, enforce="hard") if r.id in named else r
                                                    for r in policy.rules))
    if not short:
        return Hardened((), policy, "optimal")
    return _solved(inquiry, short, compile(inquiry.instance, hard), time_limit)


def _solved(inquiry: Inquiry, short: tuple[RuleLine, ...], problem: Problem, time_limit: float | None) -> Hardened:
    patience = Patience.of(time_limit)
    found = engines.solve(problem.program, time_limit=time_limit)
    if found.x is None:
        clash = found.status == "infeasible"
        return Hardened(short, problem.policy, found.status,
                        diagnosis=diagnose(problem, time_limit=patience.left()) if clash else None)
    placements = problem.decode(found.x)
    now = {at: line.value for at, line in enumerate(inquiry.plan.goals)}
    then = goal_values(inquiry.instance, inquiry.policy, placements)
    cost = tuple(GoalChange(goal.goal, goal.value - now[at]) for at, goal in enumerate(then) if at in now)
    return Hardened(short, problem.policy, found.status, cost, None, placements)


def can_hold(problem: Problem, time_limit: float | None = None) -> bool | None:
    """Tell whether the hard rules can all hold; None where that is not known in time."""
    program = problem.program
    status = engines.solve(replace(program, objectives=(nothing(program.n_columns),)), time_limit=time_limit).status
    return None if status == "unknown" else status != "infeasible"
