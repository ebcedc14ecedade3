"""Every quota recounted, group by group (Contract 2, Quotas)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.audit.demands import Demands
from matching.audit.factbook import Facts
from matching.audit.groups import Groups
from matching.audit.measures import UNITS, amounts, at_least, at_most
from matching.audit.members import Members, occurring
from matching.audit.numbers import Number, figure, range_figure, shown
from matching.audit.over import holds
from matching.audit.rolls import Roll
from matching.audit.sentences import Figures, quota_text
from matching.audit.standing import Figure, Standing
from matching.audit.values import Flags, Ints, Values, classes, numbered
from matching.policy.conditions import FieldRef
from matching.policy.model import Quota

BEDS = frozenset({"host.beds", "host.beds_men", "host.beds_women"})


class Count(NamedTuple):
    """What a group has: `amount` is what counts of its placements, of a base or of none.

    `there` is what counts on top of the placements (reading 41), in the units of `amount`.
    """

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
    """One quota, read; `standings` recounts it for the placements of a plan. What no plan changes is kept."""

    def __init__(self, facts: Facts, rule: Quota) -> None:
        self._facts, self._rule = facts, rule
        self._when = facts.reader.criteria(rule.when, rule.id)
        self._count = facts.reader.criteria(rule.count, rule.id)
        self._groups = Groups(facts, rule.per, rule.id)
        self._demands = Demands(facts, rule, self._groups, self._when)
        self._unit = UNITS[rule.measure]
        self._resident = self._groups.resident or any(
            isinstance(b, FieldRef) and self._is_beds(b.name) for b in (rule.at_least, rule.at_most))

    def _is_beds(self, name: str) -> bool:
        field = self._facts.fields.find(name)
        return field is not None and field.name in BEDS

    def standings(self, roll: Roll) -> Iterator[Standing]:
        """Yield how the quota stands in every group that it bounds."""
        rows, column = self._rows(roll), self._groups.keys(roll)
        asked = self._demands.of(occurring(column, rows)) if self._met else self._demands.of_all
        groups, many = asked.groups, len(asked.groups)
        if not many:
            return iter(())
        placed = groups.members(column, rows)
        seats = placed.many(many)
        base = numbered(seats) if asked.base is None else asked.base
        amount = amounts(self._facts, self._rule.measure, roll, self._counted(placed, roll), many)
        binds = seats >= (self._rule.from_seats or 0)
        verdicts = self._verdicts(amount, [asked.low, asked.high, base, asked.there], binds)
        return map(self._standing, groups.labels, verdicts.each())

    def _counted(self, placed: Members, roll: Roll) -> Members:
        return placed.only(holds(self._count, roll)[placed.which]) if self._count.options else placed

    def _verdicts(self, amount: Ints, asked: Sequence[Values], binds: Flags) -> Values:
        """Return the verdict on each group; those that have and ask for the same are judged once."""
        looks = [numbered(amount), *asked, numbered(binds)]
        first, codes = classes(len(amount), [look.codes for look in looks])
        cases = zip(*(look.only(first).each() for look in looks), strict=True)
        return Values([self._judge(Count(has, base, there * self._unit.scale), low, high, binds=binding)
                       for has, low, high, base, there, binding in cases], codes)

    def _rows(self, roll: Roll) -> Ints:
        """Rows of the placements that match `when`."""
        matching = holds(self._when, roll)
        if self._resident:
            matching &= roll.column(self._facts.field("mode")).map(lambda mode: mode == "resident").array(np.bool_)
        return np.flatnonzero(matching)

    @property
    def _met(self) -> bool:
        """Whether only groups with a placement are judged: two sides make all pairs, and emptiness breaks nothing."""
        rule = self._rule
        return self._groups.crossed and rule.plus is None and (rule.at_least is None or rule.of == "placed")

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

    def _standing(self, label: str, verdict: Verdict) -> Standing:
        value, required, shortfall, broken, figures = verdict
        text = None if figures is None else quota_text(self._rule, label, figures)
        return Standing(self._rule, label, value, required, shortfall, broken, text)

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
