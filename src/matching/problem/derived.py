"""Derived fields of one teacher, by the policy's reference date (Contract 2, "Fields")."""

from __future__ import annotations

from datetime import date

from matching.domain.instance import Instance
from matching.domain.records import Teacher

NEVER = float("inf")


def whole_years(since: date | None, until: date) -> int | None:
    """Return the whole years from `since` to `until`; None where `since` is not given."""
    if since is None:
        return None
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def never_served(teacher: Teacher) -> bool:
    """Tell whether no rural service is on record."""
    return teacher.rural_years == 0 and teacher.rural_until is None


def years_since_rural(teacher: Teacher, at: date) -> float | None:
    """Return whole years since the last rural service ended, `NEVER` for those who never served."""
    return NEVER if never_served(teacher) else whole_years(teacher.rural_until, at)


def served_since_title(teacher: Teacher) -> bool | None:
    """Tell whether rural service ended after the present title was obtained; None where that is not known."""
    if never_served(teacher):
        return False
    if teacher.rural_until is None or teacher.title_since is None:
        return None
    return teacher.rural_until > teacher.title_since


def appraisals_ok(teacher: Teacher) -> bool | None:
    """Tell whether the last three appraisals all passed; None where fewer are given."""
    last = teacher.appraisals[:3]
    return all(a in ("pass", "excellent") for a in last) if len(last) == 3 else None


def ledger_sites(instance: Instance) -> list[tuple[str, ...]]:
    """Return the sites of each teacher's ledger rows, in their order."""
    found: dict[str, dict[str, None]] = {}
    for row in instance.ledger:
        if row.site_id is not None:
            found.setdefault(row.teacher_id, {})[row.site_id] = None
    return [tuple(found.get(t.teacher_id, ())) for t in instance.teachers]


def exchange_staff(instance: Instance) -> dict[str, int]:
    """Return the 交流教师数 of each site that gives it, added over its stages.

    Of each stage the row without a subject counts, else the rows of its subjects.
    """
    stages: dict[tuple[str, str], dict[bool, int]] = {}
    for row in instance.staffing:
        if row.exchange_staff is not None:
            of_stage = stages.setdefault((row.site_id, row.stage), {})
            whole = row.subject is None
            of_stage[whole] = of_stage.get(whole, 0) + row.exchange_staff
    total: dict[str, int] = {}
    for (site, _), of_stage in stages.items():
        total[site] = total.get(site, 0) + of_stage.get(True, of_stage.get(False, 0))
    return total


def teacher_fields(instance: Instance, at: date) -> dict[str, list[float | None]]:
    """Return the derived numeric fields of all teachers, by name."""
    teachers = instance.teachers
    return {
        "age": [whole_years(t.birth, at) for t in teachers],
        "years_in_title": [whole_years(t.title_since, at) for t in teachers],
        "years_here": [whole_years(t.joined, at) for t in teachers],
        "years_since_rural": [years_since_rural(t, at) for t in teachers],
        "served_since_title": [served_since_title(t) for t in teachers],
        "appraisals_ok": [appraisals_ok(t) for t in teachers],
    }
