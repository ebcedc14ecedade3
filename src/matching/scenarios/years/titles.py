"""Titles: when the next one is due, and for which of them rural service is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from matching.domain.instance import Instance
from matching.domain.records import Teacher
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.members import Member, Title, whole_years

NEXT: Mapping[str, str] = {"none": "third", "third": "second", "second": "first", "first": "senior"}
"""A full senior title is an exception and is not simulated."""
ASKS_SERVICE = "senior"
"""The title for which rural service is a condition for teachers of town schools (人社部发〔2015〕79号)."""


def waits(member: Member, instance: Instance, today: date, assumed: Assumptions) -> bool:
    """Tell whether a title waits for rural service alone.

    The workbook says so (晋升需要), or the next title is due and asks for it; and the teacher, of a school that is not
    rural itself, has less than it takes. What the workbook says holds until it is met.
    """
    teacher = member.teacher
    if _served_enough(member, instance, assumed):
        return False
    return teacher.promotion_need or (NEXT.get(teacher.title) == ASKS_SERVICE and _due(teacher, today, assumed))


def moved_on(member: Member, instance: Instance, today: date, assumed: Assumptions) -> tuple[Member, Title | None]:
    """Return a member with the title that is theirs as a school year begins, and whether it is a new one.

    Who waited for rural service and has it now gets the title at once; a title that is due and asks for service that is
    lacking makes 晋升需要 yes.
    """
    teacher = member.teacher
    if waits(member, instance, today, assumed):
        return member._replace(teacher=teacher._replace(promotion_need=True)), None
    title = NEXT.get(teacher.title)
    waited = teacher.promotion_need
    teacher = teacher._replace(promotion_need=False)
    if title is None or not (waited or _due(teacher, today, assumed)):
        return member._replace(teacher=teacher), None
    gained = Title(teacher.teacher_id, teacher.title, title, waited)
    return member._replace(teacher=teacher._replace(title=title, title_since=today)), gained


def _due(teacher: Teacher, today: date, assumed: Assumptions) -> bool:
    """Tell whether the years in the title are full in this very year; a first title comes after one year at the school.

    Whoever had more of them as the simulation began was passed over for reasons that it does not know.
    """
    if teacher.title == "none":
        return teacher.joined is not None and whole_years(teacher.joined, today) >= 1
    return teacher.title_since is not None and whole_years(teacher.title_since, today) == assumed.title_years


def _served_enough(member: Member, instance: Instance, assumed: Assumptions) -> bool:
    if instance.site[member.teacher.home_site].rural:
        return True
    former = 0.0 if member.came else member.entry.rural_years
    return former + float(member.credited) >= assumed.service_years
