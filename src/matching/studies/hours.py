"""Who has served how many class-hours, and who still lacks how many."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.policy.model import Quota
from matching.problem.conditions import holds, restricted
from matching.problem.credits import credited_hours
from matching.studies.case import Case
from matching.studies.credit import added, credited, plain
from matching.studies.minima import Minimum, ledger, minima
from matching.studies.study import Column, Study


class HoursRow(NamedTuple):
    """Class-hours of one teacher: of the ledger, of the plan, in all, and those asked for (None: nothing is)."""

    teacher: str
    credited: int | float
    placed: int | float
    total: int | float
    required: int | float | None
    lacking: bool
    lacks: int | float
    minima: tuple[Minimum, ...]


COLUMNS = (
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("credited", Text("台账折算课时", "Credited by the ledger"), "number"),
    Column("placed", Text("本次安排课时", "Placed by the plan"), "number"),
    Column("total", Text("合计", "In all"), "number"),
    Column("required", Text("要求", "Required"), "number"),
    Column("lacking", Text("未达要求", "Lacking"), "yes_no"),
    Column("lacks", Text("还差课时", "Hours lacking"), "number"),
    Column("minima", Text("学期内未达最低次数的活动", "Activities below their least in a term"), "minima"),
)


def rows(case: Case) -> tuple[HoursRow, ...]:
    """Return one row for each teacher in the ledger, in a part-time post, or with hours that the policy asks for."""
    by_ledger, below, concerned = credited_hours(case.fields), minima(case), _concerned(case)
    required = _required(case, concerned)
    by_plan: dict[str, list[Fraction]] = {}
    for placement, hours, counts in zip(case.placements, credited(case, "class_hours"), concerned, strict=True):
        if placement.mode == "part_time" or counts:
            by_plan.setdefault(placement.teacher, []).append(hours)
    mentioned = ledger(case).keys() | by_plan.keys()
    return tuple(
        _row(t.teacher_id, Fraction(repr(by_ledger[at])), added(by_plan.get(t.teacher_id, [])),
             required.get(t.teacher_id), below.get(t.teacher_id, ()))
        for at, t in enumerate(case.instance.teachers) if t.teacher_id in mentioned)


def asking(case: Case) -> tuple[Quota, Fraction] | None:
    """Return the first quota that asks each teacher for class-hours, and how many."""
    for rule in case.policy.active(Quota):
        if rule.measure == "class_hours" and rule.per == ("teacher_id",) and isinstance(rule.at_least, Fraction):
            return rule, rule.at_least
    return None


def _concerned(case: Case) -> list[bool]:
    """Tell of which placements that quota speaks."""
    found = asking(case)
    if found is None:
        return [False] * len(case.placements)
    concerned: list[bool] = holds(found[0].when, case.fields, case.pairs(case.placements)).tolist()
    return concerned


def _required(case: Case, concerned: list[bool]) -> dict[str, Fraction]:
    """Return what is asked of each teacher whom the quota means, unless it passes over all of their placements."""
    found = asking(case)
    if found is None:
        return {}
    rule, least = found
    kept = {p.teacher for p, counts in zip(case.placements, concerned, strict=True) if counts}
    asked = np.flatnonzero(case.matching(restricted(rule.when, "teacher"))).tolist()
    meant = [case.instance.teachers[at].teacher_id for at in asked]
    return {who: least for who in meant if who in kept or who not in case.placed}


def _row(teacher: str, by_ledger: Fraction, by_plan: Fraction, required: Fraction | None, below: tuple[Minimum, ...]
         ) -> HoursRow:
    lacks = Fraction(0) if required is None else max(Fraction(0), required - by_ledger - by_plan)
    return HoursRow(teacher, plain(by_ledger), plain(by_plan), plain(by_ledger + by_plan),
                    None if required is None else plain(required), lacks > 0, plain(lacks), below)


def telling(case: Case) -> bool:
    """Tell whether there is a ledger or a rule on class-hours."""
    return bool(case.instance.ledger) or asking(case) is not None


HOURS = Study("hours", Text("课时台账", "Class-hours"), COLUMNS, rows, telling)
