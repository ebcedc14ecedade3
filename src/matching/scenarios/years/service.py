"""Who served where and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

LONGEST = 6
"""The longest term, in school years."""


class Service(NamedTuple):
    """One term of one teacher at one place.

    `year` is the school year in which it began, by its first calendar year; `term` counts the school years that it
    takes up, 1 to 6. `site`, `need` and `mode` are None where the workbook knows only that somebody has served.
    """

    teacher: str
    site: str | None
    need: str | None
    year: int
    term: int
    mode: str | None

    @property
    def end(self) -> int:
        """The first school year in which the teacher is back."""
        return self.year + self.term

    def covers(self, year: int) -> bool:
        """Tell whether it lasts through that school year."""
        return self.year <= year < self.end


@dataclass(frozen=True)
class Ledger:
    """Services, in the order in which they were written down."""

    services: tuple[Service, ...] = ()

    @cached_property
    def of(self) -> Mapping[str, tuple[Service, ...]]:
        """The services of each teacher who has any."""
        found: dict[str, list[Service]] = {}
        for service in self.services:
            found.setdefault(service.teacher, []).append(service)
        return {teacher: tuple(services) for teacher, services in found.items()}

    def running(self, year: int) -> tuple[Service, ...]:
        """Return those that began before `year` and last through it."""
        return tuple(s for s in self.services if s.year < year and s.covers(year))

    def ending(self, year: int) -> tuple[Service, ...]:
        """Return those from which the teachers are back as `year` begins."""
        return tuple(s for s in self.services if s.end == year)

    def times(self, teacher: str, since: int | None = None) -> int:
        """Return how often a teacher has begun to serve, from the year `since` on; several posts of a year are one."""
        years = {s.year for s in self.of.get(teacher, ())}
        return sum(since is None or year >= since for year in years)

    def with_more(self, services: Iterable[Service]) -> Ledger:
        """Return the ledger with further rows."""
        return Ledger((*self.services, *services))
