"""Every quota recounted, group by group (Contract 2, Quotas)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from matching.audit.conditions import Criteria
from matching.audit.factbook import Facts
from matching.audit.groups import Group, Groups, Members, meaningless
from matching.audit.measures import UNITS, Amounts, at_least, at_most
from matching.audit.numbers import Number, figure, range_figure, shown
from matching.audit.over import holds
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.audit.rolls import Roll
from matching.audit.sentences import Figures, quota_text
from matching.audit.standing import Figure, Standing
from matching.policy.conditions import FieldRef
from matching.policy.model import Quota

BEDS = frozenset({"host.beds", "host.beds_men", "host.beds_women"})


class Count(NamedTuple):
    """What a group has: `seats` placements that match `when`, of which `amount` counts, of a base or of none.

    `there` is what counts on top of the placements (reading 41), in the units of `amount`.
    """

    seats: int
    amount: int
    base: Number | None
    there: Number = 0

    @property
    def total(self) -> Number:
        """All that counts."""
        return self.amount + self.there


class Verdict(NamedTuple):
    """What a `Standing` says of all groups that have and ask for the same; `figures` are those of the sentence."""

    value: Figure
    required: Figure
    shortfall: int = 0
    broken: Figure | None = None
    figures: Figures | None = None


class QuotaJudge:
    """One quota, read; `standings` recounts it for the placements of a plan."""

    def __init__(self, facts: Facts, rule: Quota) -> None:
        self._facts, self._rule = facts, rule
        self._when = facts.reader.criteria(rule.when, rule.id)
        self._count = facts.reader.criteria(rule.count, rule.id)
        self._groups = Groups(facts, rule.per, rule.id)
        self._unit = UNITS[rule.measure]
        self._known: dict[tuple[Any, ...], Verdict] = {}
        self._resident = self._groups.resident or any(
            isinstance(b, FieldRef) and self._is_beds(b.name) for b in (rule.at_least, rule.at_most))

    def _is_beds(self, name: str) -> bool:
        field = self._facts.fields.find(name)
        return field is not None and field.name in BEDS

    def standings(self, roll: Roll) -> Iterator[Standing]:
        """Yield how the quota stands in every group that it bounds."""
        placed = self._placed(roll)
        amounts = Amounts(self._facts, self._rule.measure, roll)
        counts = holds(self._count, roll).tolist() if self._count.options else None
        for group in self._judged(placed):
            rows = placed.get(group.key, ())
            counted = rows if counts is None else [row for row in rows if counts[row]]
            verdict = self._verdict(group, len(rows), counted, amounts)
            if verdict is not None:
                yield self._standing(group, verdict)

    def _placed(self, roll: Roll) -> Members:
        """Rows of the placements that match `when`, by group."""
        matching = holds(self._when, roll)
        if self._resident:
            matching &= roll.column(self._facts.field("mode")).map(lambda mode: mode == "resident").array(np.bool_)
        return self._groups.members(roll, np.flatnonzero(matching).tolist())

    def _judged(self, placed: Members) -> Iterable[Group]:
        """All groups; where two sides make all pairs, and emptiness breaks nothing, those with a placement."""
        rule = self._rule
        harmless = rule.plus is None and (rule.at_least is None or rule.of == "placed")
        return self._groups.named(placed) if self._groups.crossed and harmless else self._groups.all()

    @property
    def _bounded(self) -> bool:
        """Whether the rule states a bound; one that is only reported need not."""
        return self._rule.at_least is not None or self._rule.at_most is not None

    def _verdict(self, group: Group, seats: int, counted: Sequence[int], amounts: Amounts) -> Verdict | None:
        rule = self._rule
        low, high = self._bound(rule.at_least, group), self._bound(rule.at_most, group)
        base = None if rule.of is None else self._base(rule.of, group, seats)
        if (low is None and high is None and self._bounded) or (rule.of is not None and base is None):
            return None
        there = self._bound(rule.plus, group) or 0
        binds = rule.from_seats is None or seats >= rule.from_seats
        asked = (amounts.of(counted), base, there, low, high, binds)
        if asked not in self._known:
            has = Count(seats, asked[0], base, there * self._unit.scale)
            self._known[asked] = self._judge(has, low, high, binds=binds)
        return self._known[asked]

    def _judge(self, has: Count, low: Number | None, high: Number | None, *, binds: bool) -> Verdict:
        scale, base = self._unit.scale, has.base
        value, required = self._value(has), self._required(low, high, base)
        if not binds:
            return Verdict(value, required)
        least = None if low is None else at_least(low, scale, base, has.there)
        most = None if high is None else at_most(high, scale, base, has.there)
        too_few = 0 if least is None else max(0, least - has.amount)
        too_many = 0 if most is None else max(0, has.amount - most)
        if not too_few and not too_many:
            return Verdict(value, required)
        bound, limit, off = (low, least, too_few) if too_few else (high, most, too_many)
        assert bound is not None
        assert limit is not None
        whole = Fraction(has.there).denominator == 1
        total = limit + has.there if whole else bound * scale * (1 if base is None else base)
        figures = Figures(has.total, base, total, off, has.there, at_least=bool(too_few))
        shortfall = -(-off // self._unit.shortfall)
        return Verdict(value, required, shortfall, self._figure(bound, base, up=bool(too_few)), figures)

    def _standing(self, group: Group, verdict: Verdict) -> Standing:
        value, required, shortfall, broken, figures = verdict
        text = None if figures is None else quota_text(self._rule, group.label, figures)
        return Standing(self._rule, group.label, value, required, shortfall, broken, text)

    def _value(self, has: Count) -> Figure:
        amount = self._in_units(has.total)
        return figure(amount) if has.base is None else f"{shown(amount)}/{shown(has.base)}"

    def _required(self, low: Number | None, high: Number | None, base: Number | None) -> Figure:
        sides = [(low, True), (high, False)]
        figures = [self._figure(bound, base, up=up) for bound, up in sides if bound is not None]
        return range_figure(figures)

    def _figure(self, bound: Number, base: Number | None, *, up: bool) -> Figure:
        """Return a bound as it stands: a share as a fraction, a number rounded to what can be counted."""
        if base is not None:
            return figure(bound, share=True)
        whole = at_least(bound, self._unit.scale, None) if up else at_most(bound, self._unit.scale, None)
        return figure(self._in_units(whole))

    def _in_units(self, amount: Number) -> Number:
        return amount if self._unit.scale == 1 else Fraction(amount, self._unit.scale)

    def _bound(self, bound: Fraction | FieldRef | None, group: Group) -> Number | None:
        return self._groups.number(bound.name, group) if isinstance(bound, FieldRef) else bound

    def _base(self, of: str | FieldRef, group: Group, seats: int) -> Number | None:
        if isinstance(of, FieldRef):
            return self._groups.number(of.name, group)
        if of == "placed":
            return seats
        members = self._groups.needs(group) if of == "demand" else self._groups.teachers(group)
        if members is None:
            raise meaningless(self._rule.id, of, group.label)
        if of == "demand":
            return sum(self._seats_asked[row] for row in members)
        chosen = [row for row in members if self._chosen[row]]
        return len(chosen) if of == "teachers" else self._eligible(chosen)

    @cached_property
    def _seats_asked(self) -> list[int]:
        """The seats of each need that matches what `when` says of needs and hosts alone (reading 17)."""
        asked = holds(self._when.only(RECEIVER), self._facts.posts).tolist()
        return [need.count if ok else 0 for need, ok in zip(self._facts.instance.needs, asked, strict=True)]

    @cached_property
    def _chosen(self) -> Sequence[bool]:
        """Of each approved teacher, whether they match what `when` says of teachers and homes alone (reading 17)."""
        chosen: list[bool] = holds(self._when.only(SENDER), self._facts.approved).tolist()
        return chosen

    def _eligible(self, members: Sequence[int]) -> int:
        """Count those with an eligible post, or as their site states (符合交流条件人数)."""
        stated = self._groups.whole_homes and not _speaks_of_teacher(self._when)
        by_site: dict[str, list[Pair]] = {}
        for half in map(self._facts.approved.pair, members):
            assert half.home is not None
            by_site.setdefault(half.home.site_id, []).append(half)
        total = 0
        for halves in by_site.values():
            given = halves[0].home.eligible_count if stated and halves[0].home else None
            total += sum(map(self._facts.has_post, halves)) if given is None else given
        return total


def _speaks_of_teacher(criteria: Criteria) -> bool:
    return any("teacher" in clause.sides for clause in criteria.clauses)

