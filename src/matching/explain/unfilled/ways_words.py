"""A way to fill one more seat, in words."""

from __future__ import annotations

from matching.domain.text import Text
from matching.explain.naming import rule_name, teacher_name
from matching.explain.refused import Refusal
from matching.explain.relaxing import plainly, relaxed
from matching.explain.unfilled.ways import Way
from matching.problem import Problem


def who_comes(problem: Problem, way: Way) -> Text:
    """Return the teacher who would come to the post itself."""
    return teacher_name(problem.instance, way.moves[0].teacher)


def moved(problem: Problem, way: Way) -> Text:
    """Return who would take the posts that are left behind; nothing where none is."""
    rest = way.moves[1:]
    if not rest:
        return Text("", "")
    names = [problem.instance.teacher[m.teacher].name for m in rest]
    zh = "，".join(f"{name}接替岗位 {m.to}" for name, m in zip(names, rest, strict=True))
    en = ", ".join(f"{name} taking over {m.to}" for name, m in zip(names, rest, strict=True))
    return Text(f"（{zh}）", f" ({en})")


def asks(problem: Problem, way: Way) -> Text:
    """Return all that would have to give way."""
    parts = [*(_exempt(problem, way, r) for r in way.refusals), *(relaxed(problem, b) for b in way.breaks)]
    return Text("，".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def _exempt(problem: Problem, way: Way, refusal: Refusal) -> Text:
    """Return the limit as it would have to be for this teacher, or that an exception would be made."""
    name, teacher = rule_name(problem.policy.rule(refusal.rule)), problem.instance.teacher[way.moves[0].teacher].name
    numbers = [m for m in refusal.misses if m.over is not None]
    if numbers:
        m = numbers[0]
        limit, value = plainly(m.limit), plainly(m.value)
        return Text(f"{name.zh}对{teacher}由 {limit} 放宽到 {value}",
                    f"{name.en} from {limit} to {value} for {teacher}")
    both = Text(*("；".join(m.text.get(lang) for m in refusal.misses) for lang in ("zh", "en")))
    return Text(f"{name.zh}对{teacher}破例（{both.zh}）", f"an exception to {name.en} for {teacher} ({both.en})")
