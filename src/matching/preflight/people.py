"""People who must be placed and cannot be, and groups that cannot go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.domain.findings import Finding
from matching.domain.sheets import TEACHERS
from matching.domain.text import Text
from matching.explain.funnel import last_refusal, posts_left
from matching.policy.fields import FIELDS
from matching.policy.model import Place, Together
from matching.preflight.spot import Spot
from matching.problem import Problem
from matching.problem.labels import label
from matching.problem.program import Int64
from matching.problem.together import concerned, travelling

MOST = 50
"""Findings of one rule."""


def people_without_a_post(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield those who must be placed and whom no post is open to, with the rule that refuses the last posts."""
    reach = np.diff(problem.arcs.start)
    for rule in (r for r in problem.policy.active(Place) if r.enforce != "report"):
        without = np.flatnonzero(concerned(rule, problem.fields) & (reach == 0)).tolist()
        for teacher in without[:MOST]:
            yield _without(problem, spot, rule, teacher)


def _without(problem: Problem, spot: Spot, rule: Place, teacher: int) -> Finding:
    steps = posts_left(problem, teacher)
    at = last_refusal(steps)
    refusing = None if at is None else problem.policy.rule(steps[at].rule)
    zh = f"，最后被规则“{refusing.title.zh}”（{refusing.id}）拒绝" if refusing else ""
    en = f"; {refusing.id} refuses the last of them" if refusing else ""
    teacher_id = problem.instance.teachers[teacher].teacher_id
    due = Text("必须安置", "is to be") if rule.enforce == "hard" else Text("应尽量安置", "should if possible be")
    text = Text(f"{teacher_id} 按规则“{rule.title.zh}”（{rule.id}）{due.zh}，但没有一个岗位可去{zh}",
                f"{teacher_id} {due.en} placed by {rule.id}, and no post is open to them{en}")
    return spot.warning("must_go_nowhere", text, TEACHERS, teacher, "teacher_id", teacher_id)


def groups_that_never_meet(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield groups of a together rule for whom no one place is open to all members."""
    for rule in (r for r in problem.policy.active(Together) if r.enforce != "report"):
        places = [label(value) for value in problem.fields.raw(rule.per)]
        for name, members in travelling(rule, problem.fields):
            if not _common(members, places, problem):
                yield _never(problem, spot, rule, name, members)


def _common(members: Sequence[int], places: Sequence[str | None], problem: Problem) -> set[str | None]:
    reached = [{places[need] for need in _needs(problem, teacher).tolist()} for teacher in members]
    return set.intersection(*reached) - {None}


def _needs(problem: Problem, teacher: int) -> Int64:
    start = problem.arcs.start
    return np.asarray(problem.arcs.need[start[teacher]:start[teacher + 1]], np.int64)


def _never(problem: Problem, spot: Spot, rule: Together, name: str, members: Sequence[int]) -> Finding:
    ids = [problem.instance.teachers[t].teacher_id for t in members]
    shown = "、".join(ids[:5]) + ("等" if len(ids) > 5 else "")
    where = FIELDS[rule.per].title
    text = Text(f"“{name}”的 {len(ids)} 人（{shown}）没有一处可以都去（{where.zh}），"
                f"按规则“{rule.title.zh}”（{rule.id}）都不能安置",
                f"The {len(ids)} of {name} ({', '.join(ids[:5])}{', ...' if len(ids) > 5 else ''}) have no place "
                f"({where.en}) that is open to all; by {rule.id} none of them can be placed")
    column = rule.by if rule.by in TEACHERS.by_key else "teacher_id"
    return spot.warning("group_never_meets", text, TEACHERS, members[0], column, name)
