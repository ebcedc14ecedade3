"""What teachers and schools have borne over the years."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from matching.scenarios.years.outcome import Roll
from matching.scenarios.years.service import Service


class TeacherLoad(NamedTuple):
    """One teacher who was ever on the register.

    `before` counts services known before the first year, `times` those begun since, `years` the school years served of
    those simulated, `hard` the services at hardship posts, `left` whether they have left the register.
    """

    teacher: str
    name: str
    home: str
    subject: str
    stage: str
    before: int
    times: int
    years: int
    hard: int
    left: bool


class SchoolLoad(NamedTuple):
    """One school: services begun by its teachers and at its posts, and the school years served of those simulated."""

    site: str
    name: str
    sent: int
    sent_years: int
    received: int
    received_years: int


def teacher_loads(roll: Roll) -> tuple[TeacherLoad, ...]:
    """Return everybody, in the order in which they came onto the register."""
    here = {t.teacher_id for t in roll.years[-1].instance.teachers} if roll.years else set(roll.people)
    return tuple(_of_teacher(roll, who, here) for who in roll.people)


def _of_teacher(roll: Roll, who: str, here: set[str]) -> TeacherLoad:
    teacher, ledger = roll.people[who], roll.ledger
    since = ledger.times(who, roll.first_year)
    years = {year for s in ledger.of.get(who, ()) for year in _simulated(roll, s)}
    hard = sum(s.site is not None and roll.instance.site[s.site].hardship >= roll.assumed.hardship
               for s in ledger.of.get(who, ()) if s.year >= roll.first_year)
    return TeacherLoad(who, teacher.name, teacher.home_site, teacher.subject, teacher.stages[0],
                       ledger.times(who) - since, since, len(years), hard, who not in here)


def _simulated(roll: Roll, service: Service) -> range:
    """Return those of the simulated school years in which a service takes place."""
    return range(max(service.year, roll.first_year), min(service.end, roll.first_year + len(roll.years)))


def school_loads(roll: Roll) -> tuple[SchoolLoad, ...]:
    """Return every school that sends or receives in these years, in the order of the workbook."""
    sent, received, sent_years, received_years = (Counter[str]() for _ in range(4))
    for service in roll.ledger.services:
        home, years = roll.people[service.teacher].home_site, len(_simulated(roll, service))
        sent_years[home] += years
        sent[home] += service.year >= roll.first_year
        if service.site is not None:
            received_years[service.site] += years
            received[service.site] += service.year >= roll.first_year
    used = {*sent_years, *received_years, *(n.site_id for n in roll.instance.needs)}
    return tuple(SchoolLoad(s.site_id, s.name, sent[s.site_id], sent_years[s.site_id], received[s.site_id],
                            received_years[s.site_id])
                 for s in roll.instance.sites if s.site_id in used)


def times_served(roll: Roll) -> tuple[int, ...]:
    """Return how many of those on the last year's register have served 0, 1, 2, ... times in these years."""
    counts = Counter(load.times for load in teacher_loads(roll) if not load.left)
    return tuple(counts[k] for k in range(max(counts, default=-1) + 1))
