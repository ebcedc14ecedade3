"""What changes between two years: who is back, whose title moves on, who leaves, who comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.problem.problem import listed
from matching.scenarios.years import year_instance
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.members import Arrival, Credited, Member, Register, Title, later
from matching.scenarios.years.service import Service
from matching.scenarios.years.successors import retires, successor
from matching.scenarios.years.titles import moved_on
from matching.scenarios.years.year_policy import names_age


@dataclass(frozen=True)
class NewYear:
    """A school year that begins: its `number` from 0, its name, its policy, who is back and who still serves."""

    instance: Instance
    policy: Policy
    number: int
    year: int
    back: tuple[Service, ...]
    running: tuple[Service, ...]
    credited: Credited
    assumed: Assumptions
    seed: int

    @property
    def today(self) -> date:
        """The day on which it begins."""
        return self.policy.reference_date

    def turned(self, before: Register) -> Register:
        """Return the register as the year begins.

        What was said of the first year alone (应派, 暂缓, 锁定岗位, 上年岗位) is over. Whoever serves neither retires
        nor leaves until the term ends.
        """
        members = self._back([_cleared(m) for m in before.members])
        members, titles = self._titles(members)
        leaving = self._leaving(members)
        taken = {m.id for m in members} | set(self.instance.teacher)
        found, arrivals = [], []
        for at, member in enumerate(members):
            why = leaving.get(member.id)
            if why is None:
                found.append(member)
                continue
            random = np.random.default_rng((self.seed, self.number, at))
            found.append(successor(member, self.number, self.year, self.today, random, taken))
            arrivals.append(Arrival(found[-1].id, member.id, why))
        return Register(tuple(found), tuple(arrivals), titles)

    def _back(self, members: Iterable[Member]) -> list[Member]:
        ended: dict[str, list[Service]] = {}
        for service in self.back:
            ended.setdefault(service.teacher, []).append(service)
        return [self._returned(m, ended.get(m.id, ())) for m in members]

    def _returned(self, member: Member, ended: Iterable[Service]) -> Member:
        """Return a member with what a term adds: rural years, and the count of years at the school begun anew."""
        for service in ended:
            teacher = member.teacher
            if service.mode in (None, "resident"):
                teacher = teacher._replace(joined=self.today)
            if service.site is not None and self.instance.site[service.site].rural:
                years = self.instance.need[service.need].term if service.need else float(service.term)
                teacher = teacher._replace(rural_years=teacher.rural_years + years,
                                           rural_until=_month_before(self.today))
                key = (service.teacher, service.need or "")
                member = member._replace(credited=member.credited + self.credited.get(key, Fraction(repr(years))))
            member = member._replace(teacher=teacher)
        return member

    def _titles(self, members: Iterable[Member]) -> tuple[list[Member], tuple[Title, ...]]:
        moved = [moved_on(m, self.instance, self.today, self.assumed) for m in members]
        return [m for m, _ in moved], tuple(title for _, title in moved if title)

    def _leaving(self, members: list[Member]) -> Mapping[str, str]:
        """Return why those leave who do: retired, or too old for a post that was open to them when they came."""
        bound = {s.teacher for s in self.running}
        free = [m for m in members if m.id not in bound]
        retired = {m.id: "retired" for m in free
                   if retires(m.teacher, self.today, self.assumed.retire_men, self.assumed.retire_women)}
        grown = self._grown_out(members) if names_age(self.policy) else set()
        return {m.id: "grown_out" for m in free if m.id in grown} | retired

    def _grown_out(self, members: list[Member]) -> set[str]:
        now = self._posts_open([m.teacher for m in members])
        as_they_came = self._posts_open([m.teacher._replace(birth=_birth_then(m, self.number)) for m in members])
        return {m.id for m, few, many in zip(members, now, as_they_came, strict=True) if few < many}

    def _posts_open(self, teachers: list[object]) -> list[int]:
        instance = year_instance.of_year(self.instance, teachers, ())  # type: ignore[arg-type]
        posts: list[int] = np.diff(listed(instance, self.policy).arcs.start).tolist()
        return posts


def _cleared(member: Member) -> Member:
    return member._replace(teacher=member.teacher._replace(
        mandatory=False, deferred=False, deferred_reason=None, lock_need=None, last_need=None))


def _birth_then(member: Member, number: int) -> date | None:
    """Return the birth that would make a member as old as they came."""
    birth = member.teacher.birth
    return None if birth is None else later(birth, number - member.came)


def _month_before(today: date) -> date:
    first = today.replace(day=1)
    return date(first.year - 1, 12, 1) if first.month == 1 else first.replace(month=first.month - 1)
