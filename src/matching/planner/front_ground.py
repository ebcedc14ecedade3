"""What every solve of a front starts from: the two costs, and the goals that each plan keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.findings import InputError, error
from matching.domain.plan import Plan
from matching.engines import Solution
from matching.engines.exact import slack_units
from matching.planner.apart import capped
from matching.planner.axes import Axis
from matching.planner.front_points import Held
from matching.planner.settle import pinned
from matching.policy.model import Policy, Slack
from matching.problem import Problem
from matching.problem.goals import ordered_goals
from matching.problem.program import Int64, Objective, Program

ROW = "front"
KEPT = ("fill", "shortfall", "fair")
"""Kinds of goals that a front keeps where neither end is of them."""
Solve = Callable[[Program], Solution]


@dataclass(frozen=True)
class Ground:
    """What every solve of a front starts from.

    Attributes
    ----------
    problem : whose first two goals are the ends; those behind them are for the audit alone
    program : the problem's, with a row for each goal held, and the ends as its goals
    start : a plan, where one is known
    """

    problem: Problem
    program: Program
    held: tuple[Held, ...] = ()
    start: Int64 | None = None

    @property
    def ends(self) -> tuple[Objective, Objective]:
        """The two costs."""
        return self.program.objectives[0], self.program.objectives[1]


def policy_between(policy: Policy, first: Axis, second: Axis) -> Policy:
    """Return the policy whose first goals are the two ends, its own other ones behind them.

    Raises
    ------
    InputError
        Where both ends are the same.
    """
    if first.goal == second.goal:
        raise InputError([error("same_ends", "前沿的两端不能是同一个指标。", "The two ends of a front must differ.",
                                value=second.name)])
    rest = (replace(goal, slack=Slack()) for goal in ordered_goals(policy))
    others = tuple(goal for goal in rest if replace(goal, leximin=False) not in (first.goal, second.goal))
    return replace(policy, goals=(first.goal, second.goal, *others), variants=())


def ground(problem: Problem, policy: Policy, hold: Sequence[str] | None, main: Plan | None, solve: Solve
           ) -> Ground | Solution:
    """Return where the solves of a front start; the main plan's solution where it was looked for and there is none.

    Parameters
    ----------
    problem : of the policy between the ends
    policy : whose goals are held
    hold : names of goals to hold; None for those of the kinds `KEPT` that neither end is of
    main : the main plan, where it is known
    solve : finds the main plan where it is not
    """
    ends = problem.program.objectives[:2]
    whole = problem.weighed(policy).program
    held = _to_hold(whole, ends, hold)
    program = replace(problem.program, objectives=ends)
    if main is not None and [line.goal for line in main.goals] == [goal.name for goal in whole.objectives]:
        best = [line.best for line in main.goals]
        pairs = problem.columns([(p.teacher, p.need) for p in main.placements])
        start = np.zeros(program.n_columns, np.int64)
        start[pairs] = 1
        return _holding(problem, program, whole, held, best, pinned(whole, start))
    if not held:
        return Ground(problem, program)
    found = solve(whole)
    if found.x is None:
        return found
    return _holding(problem, program, whole, held, [goal.best for goal in found.goals], found.x)


def _holding(problem: Problem, program: Program, whole: Program, held: Sequence[int], best: Sequence[int],
             start: Int64) -> Ground:
    goals = [whole.objectives[k] for k in held]
    most = [_most(goal, best[k]) for k, goal in zip(held, goals, strict=True)]
    told = tuple(Held(goal.name, goal.sense * limit, goal.sense < 0) for goal, limit in zip(goals, most, strict=True))
    rows = [(goal, limit - goal.constant) for goal, limit in zip(goals, most, strict=True)]
    return Ground(problem, capped(program, ROW, rows), told, start)


def _most(goal: Objective, best: int) -> int:
    """Return what the goal may come to, minimised: the main plan's best and its slack."""
    return goal.sense * best + slack_units(goal, goal.sense * best)


def _to_hold(whole: Program, ends: Sequence[Objective], hold: Sequence[str] | None) -> list[int]:
    names = [goal.name for goal in whole.objectives]
    if hold is None:
        free = {end.name for end in ends}
        return [k for k, name in enumerate(names) if name in KEPT and name not in free]
    called = dict(_called(names))
    for name in hold:
        if name not in called:
            raise InputError([error("no_such_goal", f"政策没有“{name}”这个目标。", f"The policy has no goal {name}.",
                                    value=name, suggest=tuple(called)[:5])])
    return sorted({called[name] for name in hold})


def _called(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield what each goal may be called: its kind and number, the first of a kind by the kind alone too."""
    for k, name in enumerate(names):
        number = names[:k].count(name) + 1
        yield f"{name}.{number}", k
        if number == 1:
            yield name, k
