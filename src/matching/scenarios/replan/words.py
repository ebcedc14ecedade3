"""Moves in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.explain.goal_names import change_words, goal_levels, goal_titles
from matching.explain.naming import post_name, rule_name
from matching.policy.goal_words import value_words
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.scenarios.replan.chains import Chain, Step
from matching.scenarios.replan.changes import Changes
from matching.scenarios.replan.result import Replanned


def chain_words(before: Instance, after: Instance, changes: Changes, chain: Chain) -> Text:
    """Return who leaves, who takes the place, and so on to the end of the chain."""
    told = [_step(before, after, changes, step) for step in chain]
    left = chain[-1].leaves
    if left in after.need and left != chain[0].takes:
        told.append(Text(f"{left} 空出一个席位", f"a seat at {left} stays empty"))
    return Text("；".join(t.zh for t in told) + "。", "; ".join(t.en for t in told) + ".")


def _step(before: Instance, after: Instance, changes: Changes, step: Step) -> Text:
    teacher = after.teacher.get(step.teacher) or before.teacher[step.teacher]
    name = Text(f"{teacher.name}（{step.teacher}）", f"{teacher.name} ({step.teacher})")
    left, taken = (None if need is None else _post(before, after, need) for need in (step.leaves, step.takes))
    if step.teacher in changes.withdraw and left is not None:
        return Text(f"{name.zh}撤出 {left.zh}", f"{name.en} withdraws from {left.en}")
    if taken is None and left is not None:
        return Text(f"{name.zh}离开 {left.zh}，不再安置", f"{name.en} leaves {left.en} and is no longer placed")
    assert taken is not None
    if left is None:
        return Text(f"{name.zh}新到 {taken.zh}", f"{name.en}, who had no post, takes {taken.en}")
    return Text(f"{name.zh}由 {left.zh} 调到 {taken.zh}", f"{name.en} moves from {left.en} to {taken.en}")


def _post(before: Instance, after: Instance, need: str) -> Text:
    instance = after if need in after.need else before
    return post_name(instance, instance.need[need]) if need in instance.need else Text(need, need)


def summary(found: Replanned) -> tuple[Text, ...]:
    """Return what it came to: how many move, what is proven, what the goals come to, and moving nobody else."""
    assert found.plan is not None
    policy = weighed(found.result.policy, found.plan.plan)
    return (_counts(found), *_goals(found, policy), *_nobody_else(found, policy))


def _counts(found: Replanned) -> Text:
    gone, moved, new = ({s.teacher for s in part} for part in (found.gone, found.moved, found.new))
    least = found.least
    assert least is not None
    proof = Text("（已证明最少）", " (proven least)") if least.gap == 0 else \
        Text(f"（未证明最少，至少 {least.bound} 人次）", f" (not proven least; no fewer than {least.bound})")
    forced = Text(f"，其中 {found.forced} 人次的原岗位已不能保留" if found.forced else "",
                  f", {found.forced} of them from posts that they cannot keep" if found.forced else "")
    return Text(f"撤回 {len(gone)} 人；其他教师调动 {len(moved)} 人{proof.zh}{forced.zh}；新安置 {len(new)} 人。",
                f"Withdrawn: {len(gone)}; others who move: {len(moved)}{proof.en}{forced.en}; "
                f"newly placed: {len(new)}.")


def _goals(found: Replanned, policy: Policy) -> Iterator[Text]:
    assert found.plan is not None
    lines = found.plan.goals
    names = [line.goal for line in lines]
    told = [Text(f"{title.zh} {value_words(line.goal, level, line.value)}",
                 f"{title.en} {value_words(line.goal, level, line.value)}")
            for line, title, level in zip(lines, goal_titles(names, policy), goal_levels(names, policy), strict=True)]
    proof = Text("（在调动这样少的方案中已证明最优）", " (proven best among plans that move so few)") if found.proven \
        else Text("（未全部证明最优）", " (not all proven best)")
    yield Text(f"调整后的目标：{'；'.join(t.zh for t in told)}{proof.zh}。",
               f"The goals after it: {'; '.join(t.en for t in told)}{proof.en}.")
    own = [line.goal for line in lines][:len(found.best)]
    losing = [(name, line.value - best.best) for name, line, best in zip(own, lines, found.best, strict=False)]
    words = change_words(losing, policy)
    if found.best and len(found.best) == len(lines):
        if not words:
            yield Text("与变动后能达到的最好结果一样好。", "It is as good as anything possible after the changes.")
        else:
            yield Text(f"与变动后能达到的最好结果相比：{'，'.join(w.zh for w in words)}。",
                       f"Beside the best that is possible after the changes: {', '.join(w.en for w in words)}.")


def _nobody_else(found: Replanned, policy: Policy) -> Iterator[Text]:
    others, plan = found.nobody_else, found.plan
    if others is None or plan is None or len({s.teacher for s in found.moved}) == found.forced:
        return
    if not others.goals:
        rules = [rule_name(policy.rule(rule)) for rule in dict.fromkeys(label.rule for label in others.clash)]
        yield Text(f"其他人都不动则不行：{'、'.join(r.zh for r in rules) or '规则'}不能同时满足（已证明）。",
                   f"Moving nobody else is impossible: {', '.join(r.en for r in rules) or 'the rules'} cannot all hold "
                   "(proven).")
        return
    changes = [(name, value - line.value) for (name, value), line in zip(others.goals, plan.goals, strict=True)]
    words = change_words(changes, policy)
    yield Text(f"如果其他人都不动：{'，'.join(w.zh for w in words) or '各项目标都一样'}（已重新求解）。",
               f"If nobody else moved: {', '.join(w.en for w in words) or 'all goals the same'} (solved again).")
