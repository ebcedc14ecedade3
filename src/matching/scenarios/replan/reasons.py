"""Why a chain of moves is needed: what would break, or be lost, if it were undone and all else stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.audit import facts
from matching.audit.goals import counted_goals
from matching.audit.recount import Recount
from matching.audit.rulebook import Rulebook
from matching.domain.plan import Placement, Plan
from matching.domain.text import Text
from matching.explain.goal_names import change_words, losses
from matching.explain.naming import group_name, rule_name
from matching.problem import Problem
from matching.scenarios.replan.chains import Chain, Step
from matching.scenarios.replan.changes import Changes

MOST = 20
"""Of so many chains in which somebody moves it is told why."""
NO_REASON = Text("", "")
TOGETHER = Text("单独撤销这一处并不更差：它与其他调整一起才有意义",
                "undoing it alone makes nothing worse: it goes with the other moves")
NOT_OPEN = Text("原来的岗位已不符合规则", "the post that they had is not open to them any more")


class Reasons:
    """Tells why who was placed moves.

    Parameters
    ----------
    problem : by the goals that the plan was made by
    before : the placements in force
    """

    def __init__(self, problem: Problem, plan: Plan, before: Sequence[Placement], changes: Changes) -> None:
        self._problem, self._plan, self._before, self._changes = problem, plan, before, changes
        self._rulebook = Rulebook(facts(problem.instance, problem.policy))
        self._left = MOST

    def of(self, chain: Chain) -> Text:
        """Return what gets worse first if who moves in `chain` stays; nothing where nobody does who was placed."""
        moving = {s.teacher for s in chain if s.leaves is not None and s.teacher not in self._changes.withdraw}
        asked = next((why for step in chain for why in self._asked(step)), None)
        if asked is not None or not moving or not self._left:
            return asked or NO_REASON
        self._left -= 1
        return self._undone(moving, moving | {s.teacher for s in chain if s.leaves is None})

    def _asked(self, step: Step) -> Iterator[Text]:
        """Yield what was asked for that alone makes the teacher move."""
        if step.leaves is None:
            return
        if step.leaves not in self._problem.instance.need:
            yield Text("原岗位已关闭", "the post that they had is closed")
        elif (step.teacher, step.leaves) in self._changes.forbid:
            yield Text("按要求不到原岗位", "kept away from the post that they had, as asked")
        elif step.takes is not None and (step.teacher, step.takes) in self._changes.pin:
            yield Text("按要求指定到现岗位", "pinned to the post, as asked")

    def _undone(self, moving: set[str], changing: set[str]) -> Text:
        kept = [(p.teacher, p.need) for p in self._plan.placements if p.teacher not in changing]
        was = [(p.teacher, p.need) for p in self._before if p.teacher in moving]
        if (self._problem.columns(was) < 0).any():
            return NOT_OPEN
        counted = Recount(self._rulebook, [*kept, *was])
        return self._broken(counted) or self._lost(counted) or TOGETHER

    def _broken(self, counted: Recount) -> Text | None:
        instance, policy = self._problem.instance, self._problem.policy
        hard = {rule.id for rule in policy.rules if rule.enforce == "hard"}
        line = next((s.line for s in counted.standings if s.line.rule in hard and not s.line.ok), None)
        if line is None:
            return None
        rule, group = rule_name(policy.rule(line.rule)), group_name(instance, line.group)
        return Text(f"不这样，就不符合规则{rule.zh}（{group.zh}）", f"without it {rule.en} would not hold ({group.en})")

    def _lost(self, counted: Recount) -> Text | None:
        policy = self._problem.policy
        goals = counted_goals(self._rulebook.facts, policy, counted.roll, counted.standings)
        changes = [(g.line.goal, g.line.value - line.value) for g, line in zip(goals, self._plan.goals, strict=True)]
        worse = next((loss for loss in losses(changes, policy) if loss), 0)
        if worse <= 0:
            return None
        words = change_words(changes, policy)[0]
        return Text(f"不这样，{words.zh}", f"without it, {words.en}")
