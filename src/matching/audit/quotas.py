"""Every quota recounted, group by group (Contract 2, Quotas)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from matching.audit.conditions import Criteria
from matching.audit.factbook import Facts
from matching.audit.groups import Group, Groups, Key, meaningless
from matching.audit.measures import UNITS, at_least, at_most, count
from matching.audit.numbers import Number, figure, range_figure, shown
from matching.audit.pair import RECEIVER, SENDER, Pair
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


class QuotaJudge:
    """One quota, read; `standings` recounts it for the placements of a plan."""

    def __init__(self, facts: Facts, rule: Quota) -> None:
        self._facts, self._rule = facts, rule
        self._when = facts.reader.criteria(rule.when, rule.id)
        self._count = facts.reader.criteria(rule.count, rule.id)
        self._groups = Groups(facts, rule.per, rule.id)
        self._unit = UNITS[rule.measure]
        self._resident = self._groups.resident or any(
            isinstance(b, FieldRef) and self._is_beds(b.name) for b in (rule.at_least, rule.at_most))

    def _is_beds(self, name: str) -> bool:
        field = self._facts.fields.find(name)
        return field is not None and field.name in BEDS

    def standings(self, pairs: Sequence[Pair]) -> Iterator[Standing]:
        """Yield how the quota stands in every group that it bounds."""
        placed = self._placed(pairs)
        for key, group in self._judged(placed).items():
            standing = self._standing(group, placed.get(key, ()))
            if standing is not None:
                yield standing

    def _placed(self, pairs: Sequence[Pair]) -> Mapping[Key, Sequence[Pair]]:
        """Placements that match `when`, by group."""
        found: dict[Key, list[Pair]] = {}
        for pair in pairs:
            if self._when.hold(pair) and not (self._resident and self._facts.get("mode", pair) != "resident"):
                for key in self._groups.keys(pair):
                    found.setdefault(key, []).append(pair)
        return found

    def _judged(self, placed: Mapping[Key, Sequence[Pair]]) -> Mapping[Key, Group]:
        """All groups; where two sides make all pairs, and emptiness breaks nothing, those with a placement."""
        rule = self._rule
        harmless = rule.plus is None and (rule.at_least is None or rule.of == "placed")
        if self._groups.crossed and harmless:
            return {key: self._groups.group(key) for key in placed}
        return self._groups.all()

    @property
    def _bounded(self) -> bool:
        """Whether the rule states a bound; one that is only reported need not."""
        return self._rule.at_least is not None or self._rule.at_most is not None

    def _standing(self, group: Group, pairs: Sequence[Pair]) -> Standing | None:
        low, high = (self._bound(b, group) for b in (self._rule.at_least, self._rule.at_most))
        base = self._base(group, pairs)
        if (self._bounded and low is None and high is None) or (self._rule.of is not None and base is None):
            return None
        counted = [pair for pair in pairs if self._count.hold(pair)]
        amount = count(self._facts, self._rule.measure, counted)
        there = self._bound(self._rule.plus, group) or 0
        return self._judge(group, Count(len(pairs), amount, base, there * self._unit.scale), low, high)

    def _judge(self, group: Group, has: Count, low: Number | None, high: Number | None) -> Standing:
        scale, base = self._unit.scale, has.base
        value, required = self._value(has), self._required(low, high, base)
        if self._rule.from_seats is not None and has.seats < self._rule.from_seats:
            return Standing(self._rule, group.label, value, required)
        least = None if low is None else at_least(low, scale, base, has.there)
        most = None if high is None else at_most(high, scale, base, has.there)
        too_few = 0 if least is None else max(0, least - has.amount)
        too_many = 0 if most is None else max(0, has.amount - most)
        if not too_few and not too_many:
            return Standing(self._rule, group.label, value, required)
        bound, limit, off = (low, least, too_few) if too_few else (high, most, too_many)
        assert bound is not None
        assert limit is not None
        whole = Fraction(has.there).denominator == 1
        total = limit + has.there if whole else bound * scale * (1 if base is None else base)
        figures = Figures(has.total, base, total, off, has.there, at_least=bool(too_few))
        return Standing(self._rule, group.label, value, required, -(-off // self._unit.shortfall),
                        self._figure(bound, base, up=bool(too_few)), quota_text(self._rule, group.label, figures))

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

    def _base(self, group: Group, pairs: Sequence[Pair]) -> Number | None:
        of = self._rule.of
        if of is None or isinstance(of, FieldRef):
            return None if of is None else self._groups.number(of.name, group)
        if of == "placed":
            return len(pairs)
        members = group.needs if of == "demand" else group.teachers
        if members is None:
            raise meaningless(self._rule.id, of, group.label)
        if of == "demand":
            asked = self._when.only(RECEIVER)
            return sum(half.need.count for half in members if half.need and asked.hold(half))
        mine = self._when.only(SENDER)
        chosen = [half for half in members if mine.hold(half)]
        return len(chosen) if of == "teachers" else self._eligible(chosen)

    def _eligible(self, members: Sequence[Pair]) -> int:
        """Count those with an eligible post, or as their site states (符合交流条件人数)."""
        stated = self._groups.whole_homes and not _speaks_of_teacher(self._when)
        by_site: dict[str, list[Pair]] = {}
        for half in members:
            assert half.home is not None
            by_site.setdefault(half.home.site_id, []).append(half)
        total = 0
        for halves in by_site.values():
            given = halves[0].home.eligible_count if stated and halves[0].home else None
            total += sum(map(self._facts.has_post, halves)) if given is None else given
        return total


def _speaks_of_teacher(criteria: Criteria) -> bool:
    return any("teacher" in clause.sides for clause in criteria.clauses)

