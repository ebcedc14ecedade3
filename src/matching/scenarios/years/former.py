"""What the workbook itself tells of former service."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from matching.domain.findings import Finding, InputError, error
from matching.domain.instance import Instance
from matching.domain.records import Need, Teacher
from matching.scenarios.years.service import LONGEST, Ledger, Service


def former_services(instance: Instance, reference: date, first_year: int) -> Ledger:
    """Return one service for each teacher of whom the workbook says that they have served.

    That is: a post of last year (上年岗位) or, of a teacher whose school is not rural itself, rural service (农村任教);
    at a rural school that is the daily work and no turn. Where no end is given, it is taken to have ended last year.
    """
    return Ledger(tuple(s for t in instance.teachers for s in _former(instance, t, reference, first_year)))


def _former(instance: Instance, teacher: Teacher, reference: date, first_year: int) -> Iterator[Service]:
    if teacher.last_need is not None:
        need = instance.need[teacher.last_need]
        yield Service(teacher.teacher_id, need.site_id, need.need_id, first_year - 1, 1, None)
    elif not instance.site[teacher.home_site].rural and (teacher.rural_years > 0 or teacher.rural_until):
        term = min(LONGEST, max(1, math.ceil(teacher.rural_years)))
        end = first_year - _years_since(teacher.rural_until, reference)
        yield Service(teacher.teacher_id, None, None, end - term, term, None)


def _years_since(until: date | None, reference: date) -> int:
    """Return the whole years from the end of service to the reference date; 0 where it lies ahead or is not given."""
    if until is None or until >= reference:
        return 0
    return reference.year - until.year - ((reference.month, reference.day) < (until.month, until.day))


def years_taken(need: Need) -> int:
    """Return how many school years a post's term takes up: a part of one takes the whole."""
    return max(1, math.ceil(need.term))


def check_terms(instance: Instance) -> None:
    """Refuse posts whose terms cannot be carried over.

    Raises
    ------
    InputError
        Naming each post whose term is not above 0 and at most six school years.
    """
    found = [_wrong_term(at, need) for at, need in enumerate(instance.needs) if not 0 < need.term <= LONGEST]
    if found:
        raise InputError(found)


def _wrong_term(at: int, need: Need) -> Finding:
    return error("term_out_of_range",
                 f"岗位 {need.need_id} 的期限是 {need.term:g} 学年；滚动模拟的期限应大于 0、不超过 {LONGEST} 学年",
                 f"the term of post {need.need_id} is {need.term:g} school years; a simulation over years takes terms "
                 f"above 0 and up to {LONGEST}", sheet="needs", row=at + 2, column="期限(学年)", value=f"{need.term:g}")
