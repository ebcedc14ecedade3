"""Who comes in the place of somebody who leaves the register."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

import numpy as np

from matching.domain.records import Teacher
from matching.scenarios.years.members import Member, later, whole_years

YOUNGEST = {"none": 22, "third": 23, "second": 25, "first": 29, "senior": 34, "full_senior": 40}
"""The least age, in years, at which somebody is taken to hold a title."""
YOUNGER = 120
"""Months by which a successor is younger than the one who left was on coming, at most."""
_OF_A_YEAR = re.compile(r"-\d{4}$")


def successor(left: Member, number: int, year: int, today: date, random: np.random.Generator,
              taken: Collection[str]) -> Member:
    """Return somebody like `left` as they came, up to ten years younger, who has not served yet.

    Home school, subjects, stages, title, backbone level, modes and posts are theirs, and how long they had been at the
    school and in the title (a year at least); wishes, ties and flags are not. Who comes into an office comes anew.

    Parameters
    ----------
    number : the year's number from 0, as in `Member.came`
    taken : ids that are not free
    """
    entry, years = left.entry, number - left.came
    months = int(random.integers(0, YOUNGER + 1))
    birth = None if entry.birth is None else _younger(later(entry.birth, years), months, entry.title, today)
    new = entry._replace(
        teacher_id=_id(left.id, year, taken), name=f"新进教师（接{_line(left.id)}，{year}年）", birth=birth,
        title_since=_since(entry.title_since, years, today),
        joined=today if entry.duty or entry.joined is None else later(entry.joined, years),
        rural_years=0.0, rural_until=None, promotion_need=False, mandatory=False, deferred=False, deferred_reason=None,
        pref_1=None, pref_2=None, pref_3=None, avoid_sites=(), group=None, lock_need=None, last_need=None)
    return Member(new, new, number)


def _line(teacher_id: str) -> str:
    return _OF_A_YEAR.sub("", teacher_id)


def _id(left: str, year: int, taken: Collection[str]) -> str:
    """Return ``T0001-2031`` for who came for T0001, or for T0001's successor, in 2031."""
    made = f"{_line(left)}-{year}"
    while made in taken:
        made += "x"
    return made


def _younger(birth: date, months: int, title: str, today: date) -> date:
    """Return a birth so many months later, no later than the title allows; on the first of its month."""
    count = birth.year * 12 + birth.month - 1 + months
    drawn = date(count // 12, count % 12 + 1, 1)
    latest = later(today, -YOUNGEST[title]).replace(day=1)
    return max(birth, min(drawn, latest))


def _since(entry: date | None, years: int, today: date) -> date | None:
    """Return since when the title is held: as long as it was on coming, a year at the least."""
    return None if entry is None else min(later(entry, years), later(today, -1))


def retires(teacher: Teacher, today: date, men: int, women: int) -> bool:
    """Tell whether the age of retirement is reached; whoever's birth is unknown stays."""
    if teacher.birth is None:
        return False
    return whole_years(teacher.birth, today) >= (women if teacher.gender == "female" else men)
