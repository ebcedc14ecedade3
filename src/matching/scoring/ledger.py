"""What the 课时 and 师资 sheets say of a teacher or a site (readings 45 and 46)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from matching.domain.instance import Instance
from matching.domain.records import LedgerRow, Teacher
from matching.domain.vocabulary import fold
from matching.policy.model import Credit, Policy
from matching.scoring.conditions import Lookup, Reader


class Ledger:
    """The rows of both sheets, looked up by teacher and by site."""

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self._instance, self._reader = instance, Reader(policy.backbone)
        self._rules = [r for r in policy.active(Credit) if r.unit == "class_hours" and r.activity != "placement"]

    def credited(self, teacher: Teacher, value: Lookup) -> Fraction:
        """Return the class-hours that the policy credits a teacher, whose fields `value` gives, for the ledger."""
        given: dict[str, Fraction] = defaultdict(Fraction)
        for row in self._rows.get(teacher.teacher_id, ()):
            given[fold(row.activity)] += Fraction(repr(row.quantity))
        return sum((self._credited(*each, value) for each in given.items()), Fraction(0))

    def _credited(self, activity: str, quantity: Fraction, value: Lookup) -> Fraction:
        matching = (r for r in self._rules if fold(r.activity) == activity and self._reader.holds(r.when, value))
        rule = next(matching, None)
        if rule is None:
            return Fraction(0)
        return rule.amount * (quantity if rule.at_most is None else min(quantity, rule.at_most))

    def sites(self, teacher: Teacher) -> tuple[str, ...]:
        """Return the ids of the sites in a teacher's rows."""
        named = (row.site_id for row in self._rows.get(teacher.teacher_id, ()))
        return tuple(dict.fromkeys(site for site in named if site is not None))

    def exchange_staff(self, site_id: str) -> int | None:
        """Return how many exchange teachers a site has over its stages; None where nothing is said of it."""
        return self._exchange_staff.get(site_id)

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[LedgerRow]]:
        rows: dict[str, list[LedgerRow]] = defaultdict(list)
        for row in self._instance.ledger:
            rows[row.teacher_id].append(row)
        return rows

    @cached_property
    def _exchange_staff(self) -> Mapping[str, int]:
        whole: dict[tuple[str, str], int] = defaultdict(int)
        parts: dict[tuple[str, str], int] = defaultdict(int)
        for row in self._instance.staffing:
            if row.exchange_staff is None:
                continue
            among = whole if row.subject is None else parts
            among[row.site_id, row.stage] += row.exchange_staff
        total: dict[str, int] = defaultdict(int)
        for (site, _), staff in {**parts, **whole}.items():
            total[site] += staff
        return total
