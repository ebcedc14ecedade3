"""The teachers of the register, as they are this year and as they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from matching.domain.records import Teacher


class Member(NamedTuple):
    """One teacher of the register.

    `entry` is the record with which they came in the year number `came` (0 is the first), `credited` what the policy
    credits the rural service since then, in years.
    """

    teacher: Teacher
    entry: Teacher
    came: int
    credited: Fraction = Fraction(0)

    @property
    def id(self) -> str:
        """The teacher's id."""
        return self.teacher.teacher_id


class Arrival(NamedTuple):
    """Somebody new in the place of one who left; `why` is ``retired`` or ``grown_out``."""

    teacher: str
    instead_of: str
    why: str


class Title(NamedTuple):
    """A title gained."""

    teacher: str
    before: str
    title: str
    waited: bool


@dataclass(frozen=True)
class Register:
    """All members in their order, and what the turn of the year has changed."""

    members: tuple[Member, ...]
    arrivals: tuple[Arrival, ...] = ()
    titles: tuple[Title, ...] = ()

    @property
    def teachers(self) -> tuple[Teacher, ...]:
        """The records."""
        return tuple(m.teacher for m in self.members)


def register(teachers: tuple[Teacher, ...]) -> Register:
    """Return the register of the first year: the workbook's teachers as they are."""
    return Register(tuple(Member(t, t, 0) for t in teachers))


def later(day: date, years: int) -> date:
    """Return the same day so many years later; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def whole_years(since: date, until: date) -> int:
    """Return the birthdays passed from `since` to `until`."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


Credited = Mapping[tuple[str, str], Fraction]
"""The years that a placement (teacher, need) is credited."""
