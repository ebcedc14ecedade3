"""The years that placements are credited."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.credit import credited, placement_rules, plain
from matching.studies.study import Column, Study


class YearsRow(NamedTuple):
    """One placement; `term` in school years, `credited` the years that it counts for."""

    teacher: str
    need: str
    term: float
    credited: int | float


COLUMNS = (
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("need", Text("岗位", "Post"), "need"),
    Column("term", Text("期限（学年）", "Term (school years)"), "number"),
    Column("credited", Text("折算年限", "Years credited"), "number"),
)


def rows(case: Case) -> tuple[YearsRow, ...]:
    """Return one row for each placement."""
    return tuple(YearsRow(p.teacher, p.need, case.instance.need[p.need].term, plain(years))
                 for p, years in zip(case.placements, credited(case, "years"), strict=True))


def telling(case: Case) -> bool:
    """Tell whether a rule says what a placement is credited."""
    return bool(placement_rules(case, "years"))


YEARS = Study("years", Text("年限折算", "Years credited"), COLUMNS, rows, telling)
