"""Fields of the 课时 and 师资 sheets: what is credited, where, and who is exchanged already (readings 45 and 46)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from matching.audit.conditions import Criteria
from matching.audit.fields import Field, derived
from matching.audit.forms import Form, NumberForm
from matching.audit.numbers import Number, exact
from matching.audit.pair import SENDER, Pair
from matching.audit.reader import Reader
from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.records import LedgerRow, Staffing
from matching.domain.vocabulary import fold
from matching.policy.model import Credit

CREDITED = "credited_hours"


class Credits:
    """The rules that credit class-hours for the ledger's activities, read.

    Raises
    ------
    InputError
        Where a rule's `when` speaks of posts, or of what is credited by it.
    """

    def __init__(self, rules: Sequence[Credit], reader: Reader, ledger: Iterable[LedgerRow]) -> None:
        hours = [r for r in rules if r.unit == "class_hours" and r.activity != "placement"]
        self._rules = [(rule, _of_teachers(rule, reader.criteria(rule.when, rule.id))) for rule in hours]
        self._quantities: dict[str, dict[str, Number]] = {}
        for row in ledger:
            mine = self._quantities.setdefault(row.teacher_id, {})
            mine[fold(row.activity)] = mine.get(fold(row.activity), 0) + exact(row.quantity)

    def hours(self, half: Pair) -> Fraction:
        """Return the class-hours that a teacher's ledger is credited."""
        assert half.teacher is not None
        mine = self._quantities.get(half.teacher.teacher_id, {})
        return sum((self._hours(activity, many, half) for activity, many in mine.items()), Fraction(0))

    def _hours(self, activity: str, quantity: Number, half: Pair) -> Fraction:
        for rule, when in self._rules:
            if fold(rule.activity) == activity and when.hold(half):
                return rule.amount * (quantity if rule.at_most is None else min(quantity, rule.at_most))
        return Fraction(0)


def _of_teachers(rule: Credit, when: Criteria) -> Criteria:
    names = {field.name for clause in when.clauses for field in clause.fields}
    if not all(clause.sides <= SENDER for clause in when.clauses) or CREDITED in names:
        raise InputError([error("meaningless_when", f"规则“{rule.id}”只能谈教师和派出学校，且不能谈已折算课时",
                                f"rule '{rule.id}' may speak of teachers and home sites only, and not of what is "
                                "credited", value=rule.id)])
    return when


def ledger_fields(instance: Instance, credited: Callable[[str], Fraction]) -> Iterator[Field]:
    """Yield the fields of the two sheets; `credited` returns a teacher's class-hours by id."""
    where: dict[str, dict[str, None]] = {}
    for row in instance.ledger:
        if row.site_id is not None:
            where.setdefault(row.teacher_id, {})[row.site_id] = None
    at_site: dict[str, list[Staffing]] = {}
    for line in instance.staffing:
        at_site.setdefault(line.site_id, []).append(line)

    def sites(teacher: str) -> tuple[str, ...]:
        return tuple(where.get(teacher, ()))

    def exchanged(site: str) -> int | None:
        return exchange_staff(at_site.get(site, ()))

    yield derived(CREDITED, "已折算课时", ("teacher.teacher_id",), NumberForm(), credited)
    yield derived("ledger_sites", "课时表中的学校", ("teacher.teacher_id",), Form(), sites)
    yield derived("home.exchange_staff", "派出学校的交流教师数", ("home.site_id",), NumberForm(), exchanged)
    yield derived("host.exchange_staff", "受援学校的交流教师数", ("host.site_id",), NumberForm(), exchanged)


def exchange_staff(rows: Sequence[Staffing]) -> int | None:
    """Return a site's 交流教师数 added over its stages; None where no row gives one."""
    stages = dict.fromkeys(row.stage for row in rows)
    found = [of_stage([r for r in rows if r.stage == stage], lambda row: row.exchange_staff) for stage in stages]
    known = [number for number in found if number is not None]
    return sum(known) if known else None


def of_stage(rows: Iterable[Staffing], number: Callable[[Staffing], int | None]) -> int | None:
    """Return a number of one stage of a site: that of the row without a subject, else the sum over its subjects."""
    whole: list[int] = []
    parts: list[int] = []
    for row in rows:
        given = number(row)
        if given is not None:
            (whole if row.subject is None else parts).append(given)
    return sum(whole) if whole else sum(parts) if parts else None
