"""Where a subject rests on nobody, or on exchange teachers alone, once the plan is carried out."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from matching.domain.records import Staffing
from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.study import Column, Study

Place = tuple[str, str, str]


class SubjectRow(NamedTuple):
    """One 师资 row of a subject: those who teach it as main subject of their main stage.

    `staff` counts the `exchange` teachers already there among them. `leaving` and `coming` are resident placements,
    `left` is staff less leaving, plus coming. `risk` is ``last`` where nobody is left of some there were, ``rests``
    where all who are left are exchange teachers, else None.
    """

    site: str
    stage: str
    subject: str
    staff: int | None
    leaving: int
    coming: int
    exchange: int
    left: int | None
    risk: Literal["last", "rests"] | None


COLUMNS = (
    Column("site", Text("学校", "School"), "site"),
    Column("stage", Text("学段", "Stage"), "stage"),
    Column("subject", Text("学科", "Subject"), "subject"),
    Column("staff", Text("现有教师数", "Staff"), "integer"),
    Column("leaving", Text("派出", "Leaving"), "integer"),
    Column("coming", Text("派入", "Coming"), "integer"),
    Column("exchange", Text("原有交流教师", "Exchange teachers there"), "integer"),
    Column("left", Text("调整后人数", "Left"), "integer"),
    Column("risk", Text("风险", "Risk"), "risk"),
)


def rows(case: Case) -> tuple[SubjectRow, ...]:
    """Return one row for each 师资 row that names a subject, in the order of the sheet."""
    leaving, coming = _moves(case)
    return tuple(_row(r, leaving[p], coming[p]) for r in case.instance.staffing for p in [_place(r)] if r.subject)


def _place(row: Staffing) -> Place:
    return row.site_id, row.stage, row.subject or ""


def _moves(case: Case) -> tuple[Counter[Place], Counter[Place]]:
    leaving, coming = Counter[Place](), Counter[Place]()
    for p in (p for p in case.placements if p.mode == "resident"):
        teacher, need = case.instance.teacher[p.teacher], case.instance.need[p.need]
        leaving[teacher.home_site, teacher.stages[0] if teacher.stages else "", teacher.subject] += 1
        coming[need.site_id, need.stage, need.subject] += 1
    return leaving, coming


def _row(row: Staffing, leaving: int, coming: int) -> SubjectRow:
    exchange = row.exchange_staff or 0
    left = None if row.staff is None else row.staff - leaving + coming
    risk = _risk(row.staff, leaving, coming, exchange)
    return SubjectRow(*_place(row), row.staff, leaving, coming, exchange, left, risk)


def _risk(staff: int | None, leaving: int, coming: int, exchange: int) -> Literal["last", "rests"] | None:
    if staff is None or staff + coming == 0:
        return None
    if staff - leaving + coming <= 0:
        return "last"
    return "rests" if staff - exchange - leaving <= 0 else None


SUBJECTS = Study("subjects", Text("学科风险", "Single-subject risk"), COLUMNS, rows)
