"""Why a chain of moves is needed: what would break, or be lost, if it were undone and all else stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.audit import audit, goal_values
from matching.domain.plan import Placement, Plan
from matching.domain.text import Text
from matching.explain.goal_names import change_words, losses
from matching.explain.naming import group_name, rule_name
from matching.problem import Problem
from matching.problem.program import Int64
from matching.scenarios.replan.chains import Chain, Step
from matching.scenarios.replan.changes import Changes

MOST = 20
"""Of so many chains in which somebody moves it is told why."""
TOGETHER = Text("单独撤销这一处并不更差：它与其他调整一起才有意义",
                "undoing it alone makes nothing worse: it goes with the other moves")


def reason(problem: Problem, plan: Plan, before: Sequence[Placement], changes: Changes, chain: Chain) -> Text:
    """Return what the first thing is that gets worse if who moves in `chain` stays where the plan before had them."""
    asked = next((why for step in chain for why in _asked(problem, changes, step)), None)
    if asked is not None:
        return asked
    undone = {s.teacher for s in chain if s.leaves is not None and s.teacher not in changes.withdraw}
    filled = {s.teacher for s in chain if s.leaves is None}
    was = {(p.teacher, p.need) for p in before if p.teacher in undone}
    pairs = [(p.teacher, p.need) for p in plan.placements if p.teacher not in undone | filled]
    columns = problem.columns([*pairs, *was])
    if (columns < 0).any():
        return Text("原来的岗位已不符合规则", "the post that they had is not open to them any more")
    return _worse(problem, plan, problem.decode(_chosen(problem, columns)))


def _asked(problem: Problem, changes: Changes, step: Step) -> Iterator[Text]:
    """Yield what was asked for that alone makes the teacher move."""
    if step.leaves is None:
        return
    if step.leaves not in problem.instance.need:
        yield Text("原岗位已关闭", "the post that they had is closed")
    elif (step.teacher, step.leaves) in changes.forbid:
        yield Text("按要求不到原岗位", "kept away from the post that they had, as asked")
    elif step.takes is not None and (step.teacher, step.takes) in changes.pin:
        yield Text("按要求指定到现岗位", "pinned to the post, as asked")


def _chosen(problem: Problem, columns: Int64) -> Int64:
    x = np.zeros(problem.program.n_columns, np.int64)
    x[columns] = 1
    return x


def _worse(problem: Problem, plan: Plan, placements: Sequence[Placement]) -> Text:
    instance, policy = problem.instance, problem.policy
    found = audit(instance, policy, Plan(plan.plan, "feasible", plan.seed, tuple(placements)))
    rules = {rule.id for rule in policy.rules if rule.enforce == "hard"}
    broken = next((b for b in found.breaches if b.rule in rules), None)
    if broken is not None:
        rule, group = rule_name(policy.rule(broken.rule)), group_name(instance, broken.group)
        return Text(f"不这样，就不符合规则{rule.zh}（{group.zh}）", f"without it {rule.en} would not hold ({group.en})")
    values = [(g.goal, g.value) for g in goal_values(instance, policy, placements)]
    changes = [(name, value - line.value) for (name, value), line in zip(values, plan.goals, strict=True)]
    first = next((k for k, loss in enumerate(losses(changes, policy)) if loss), None)
    if first is None or losses(changes, policy)[first] < 0:
        return TOGETHER
    words = change_words(changes, policy)[0]
    return Text(f"不这样，{words.zh}", f"without it, {words.en}")
