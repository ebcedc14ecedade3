"""Moves in sentences."""

from __future__ import annotations

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.explain.naming import post_name
from matching.scenarios.replan.chains import Chain, Step
from matching.scenarios.replan.changes import Changes


def chain_words(before: Instance, after: Instance, changes: Changes, chain: Chain) -> Text:
    """Return who leaves, who takes the place, and so on to the end of the chain."""
    told = [_step(before, after, changes, step) for step in chain]
    left = chain[-1].leaves
    if left is not None and left not in after.need:
        told.append(Text(f"{left} 已关闭", f"{left} is closed"))
    elif left is not None and left != chain[0].takes:
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
