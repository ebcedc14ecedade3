"""What is carried from one year to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matching.domain.instance import Instance
from matching.domain.records import Teacher
from matching.policy.model import Policy
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.members import Credited, Register, register
from matching.scenarios.years.service import Ledger, Service
from matching.scenarios.years.turn_of_year import NewYear
from matching.scenarios.years.turns import Served


@dataclass(frozen=True)
class Carried:
    """The register, who has served so far, what is credited of it, and who waits for rural service.

    `people` holds everybody who ever was on the register, as they were last.
    """

    register: Register
    ledger: Ledger
    people: Mapping[str, Teacher]
    credited: Credited
    waiting: frozenset[str] = frozenset()

    def served(self, first_year: int) -> Mapping[str, Served]:
        """Return how often each teacher has served, in all and since the first year."""
        return {m.id: (self.ledger.times(m.id), self.ledger.times(m.id, first_year)) for m in self.register.members}

    def at_hardship(self, instance: Instance, hardship: int, first_year: int) -> frozenset[str]:
        """Return who has been at a hardship post since the first year."""
        return frozenset(s.teacher for s in self.ledger.services
                         if s.year >= first_year and is_hard(instance, s, hardship))


def is_hard(instance: Instance, service: Service, hardship: int) -> bool:
    """Tell whether a service is at a hardship post."""
    return service.site is not None and instance.site[service.site].hardship >= hardship


def first(instance: Instance, ledger: Ledger) -> Carried:
    """Return what the first year begins with."""
    return Carried(register(instance.teachers), ledger, instance.teacher, {})


def next_year(carried: Carried, instance: Instance, policy: Policy, number: int, year: int, assumed: Assumptions,
              seed: int) -> Carried:
    """Return what a later year begins with: those back are back, titles and the register have moved on."""
    ledger = carried.ledger
    turn = NewYear(instance, policy, number, year, ledger.ending(year), ledger.running(year), carried.credited, assumed,
                   seed)
    turned = turn.turned(carried.register)
    people = {**carried.people, **{t.teacher_id: t for t in turned.teachers}}
    return replace(carried, register=turned, people=people)
