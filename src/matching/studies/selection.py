"""Whom the schools send: signs of adverse selection, and who could go instead."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.records import Teacher
from matching.domain.terms import BACKBONE, TITLE
from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.flags import Flag, flags
from matching.studies.study import Column, Study


class SelectionRow(NamedTuple):
    """One placement; `replacements` are named where it is flagged, the most qualified first."""

    teacher: str
    home: str
    need: str
    flags: tuple[Flag, ...]
    flagged: bool
    replacements: tuple[str, ...]


COLUMNS = (
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("home", Text("派出学校", "From"), "site"),
    Column("need", Text("岗位", "Post"), "need"),
    Column("flags", Text("提示", "Signs"), "flags"),
    Column("flagged", Text("有提示", "Flagged"), "yes_no"),
    Column("replacements", Text("本校可替换人选", "Colleagues who could go instead"), "teachers"),
)


def rows(case: Case) -> tuple[SelectionRow, ...]:
    """Return one row for each placement."""
    spare = _spare(case)
    found = []
    for p in case.placements:
        teacher = case.instance.teacher[p.teacher]
        raised = flags(case, teacher)
        instead = _eligible(case, spare.get(teacher.home_site, []), p.need) if raised else ()
        found.append(SelectionRow(p.teacher, teacher.home_site, p.need, raised, bool(raised), instead))
    return tuple(found)


def _spare(case: Case) -> dict[str, list[Teacher]]:
    """Return approved, undeferred teachers without a post and without flags by home, the most qualified first."""
    found: dict[str, list[Teacher]] = {}
    for t in case.instance.teachers:
        if t.status == "approved" and not t.deferred and t.teacher_id not in case.placed and not flags(case, t):
            found.setdefault(t.home_site, []).append(t)
    return {home: sorted(those, key=lambda t: _rank(case.instance, t)) for home, those in found.items()}


def _rank(instance: Instance, teacher: Teacher) -> tuple[int, int]:
    return -BACKBONE.rank(instance.backbone_level(teacher)), -TITLE.rank(teacher.title)


def _eligible(case: Case, teachers: list[Teacher], need: str) -> tuple[str, ...]:
    """Return those of `teachers` whom no require rule refuses the post."""
    at, start = case.need_at[need], case.arcs.start
    posts = (case.arcs.need[start[i]:start[i + 1]] for i in (case.teacher_at[t.teacher_id] for t in teachers))
    return tuple(t.teacher_id for t, mine in zip(teachers, posts, strict=True) if at in mine)


def telling(case: Case) -> bool:
    """Tell whether anyone sent raises a flag."""
    return any(flags(case, case.instance.teacher[p.teacher]) for p in case.placements)


SELECTION = Study("selection", Text("选派质量", "Whom schools send"), COLUMNS, rows, telling)
