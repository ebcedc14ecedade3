"""What a figure counts: records with the fields that the policy language has for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from matching.audit.fields import Field
from matching.audit.measures import class_hours
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.domain.plan import Placement, Reserve, Unfilled, Unplaced
from matching.domain.sheets import LEDGER, NEEDS, PAIRINGS, SITES, TEACHERS, Column, Sheet
from matching.policy.conditions import Conditions
from matching.policy.parse import condition
from matching.programmes.expected import CountFigure
from matching.programmes.numbers import exact, same
from matching.programmes.outcome import Outcome, Setting

SHEETS: Mapping[str, Sheet] = {
    "teachers": TEACHERS, "needs": NEEDS, "sites": SITES, "pairings": PAIRINGS, "ledger": LEDGER}
RECORDS: Mapping[str, tuple[str, ...]] = {
    "placements": Placement._fields, "unplaced": Unplaced._fields, "unfilled": Unfilled._fields,
    "reserve": Reserve._fields}
"""The columns of what a plan lists."""
SIDES: Mapping[str, frozenset[str]] = {
    "placements": SENDER | RECEIVER, "teachers": SENDER, "unplaced": SENDER, "needs": RECEIVER, "unfilled": RECEIVER,
    "reserve": RECEIVER, "sites": frozenset({"host"}), "pairings": frozenset(), "ledger": frozenset()}
"""Whose fields the records of a kind have."""
ALL = ""
"""The group of everything."""


class Thing(NamedTuple):
    """One record; `pair` is what conditions are asked about, `amount` what it counts for."""

    record: Any
    pair: Pair
    amount: Fraction = Fraction(1)


class Tally(NamedTuple):
    """What was counted, over what; `whole` is None where it is no share."""

    part: Fraction
    whole: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """The number itself; None for a share of nothing."""
        if self.whole is None:
            return self.part
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Counter:
    """Counts the records of one case as a figure asks."""

    outcome: Outcome
    figure: CountFigure

    def tallies(self) -> dict[str, Tally]:
        """Return what was counted by group; without `per`, of the one group of everything."""
        things = [t for t in self._things() if _matches(self.figure, t.record, self.outcome.setting)]
        parts = self._grouped(self._holding(things, self.figure.when))
        if self.figure.share_of is None:
            return {group: Tally(self._sum(some)) for group, some in parts.items()}
        wholes = self._grouped(self._holding(things, self.figure.share_of))
        return {group: Tally(self._sum(parts.get(group, [])), self._sum(wholes.get(group, [])))
                for group in dict.fromkeys((*wholes, *parts))}

    def _things(self) -> Iterator[Thing]:
        kind, setting, plan = self.figure.count, self.outcome.setting, self.outcome.plan
        senders, receivers = setting.facts.senders, setting.facts.receivers
        if kind == "placements":
            yield from self._placements()
        elif kind == "teachers":
            yield from (Thing(half.teacher, half) for half in senders.values())
        elif kind == "needs":
            yield from (Thing(n, receivers[n.need_id], Fraction(n.count)) for n in setting.instance.needs)
        elif kind in RECORDS:
            yield from (_left_over(row, senders, receivers) for row in getattr(plan, kind))
        else:
            yield from (Thing(row, Pair(None, None, None, row if kind == "sites" else None))
                        for row in getattr(setting.instance, kind))

    def _placements(self) -> Iterator[Thing]:
        facts, audit = self.outcome.setting.facts, self.outcome.audit
        for placement in audit.placements if audit else ():
            pair = facts.pair(placement.teacher, placement.need)
            amount = {"seats": 1, "km": placement.km or 0, "yuan": placement.yuan or 0,
                      "class_hours": class_hours(facts, pair)}[self.figure.measure]
            yield Thing(placement, pair, exact(amount))

    def _holding(self, things: Iterable[Thing], texts: tuple[str, ...]) -> list[Thing]:
        setting = self.outcome.setting
        criteria = setting.facts.reader.criteria(conditions(texts, setting), self.figure.id)
        return [thing for thing in things if criteria.hold(thing.pair)]

    def _grouped(self, things: list[Thing]) -> dict[str, list[Thing]]:
        names = [name.strip() for name in (self.figure.per or "").split("*") if name.strip()]
        if not names:
            return {ALL: things}
        found: dict[str, list[Thing]] = {}
        for thing in things:
            for group in product(*(self._members(name, thing) for name in names)):
                found.setdefault(" * ".join(map(str, group)), []).append(thing)
        return found

    def _sum(self, things: list[Thing]) -> Fraction:
        if self.figure.distinct is None:
            return sum((thing.amount for thing in things), Fraction(0))
        return Fraction(len({member for thing in things for member in self._members(self.figure.distinct, thing)}))

    def _members(self, name: str, thing: Thing) -> tuple[Any, ...]:
        """Return the values that a record has under a field's or a column's name; none where it is missing."""
        field = field_of(name, self.figure.count, self.outcome.setting)
        value = field.raw(thing.pair) if field else value_of(name, thing.record, self.figure.count)
        return () if value is None else value if isinstance(value, tuple) else (value,)


def _left_over(row: Unplaced | Unfilled | Reserve, senders: Mapping[str, Pair], receivers: Mapping[str, Pair]) -> Thing:
    if isinstance(row, Unplaced):
        return Thing(row, senders[row.teacher])
    return Thing(row, receivers[row.need], Fraction(row.gap if isinstance(row, Unfilled) else 1))


def conditions(texts: tuple[str, ...], setting: Setting) -> Conditions:
    """Return what conditions say; InputError where one cannot be read."""
    return tuple(condition(text, vocabularies=setting.instance.vocabularies) for text in texts)


def field_of(name: str, kind: str, setting: Setting) -> Field | None:
    """Return the field of the policy language that records of a kind have under a name."""
    found = setting.facts.fields.find(name)
    return found if found is not None and found.sides <= SIDES[kind] else None


def column_of(name: str, kind: str) -> Column | None:
    """Return the column that records of a kind have under a key or a Chinese heading."""
    sheet = SHEETS.get(kind)
    return next((c for c in sheet.columns if name in (c.key, c.zh)), None) if sheet else None


def value_of(name: str, record: Any, kind: str) -> Any:
    """Return the value of a record under a column's name, or its own name for it."""
    column = column_of(name, kind)
    return record[SHEETS[kind].columns.index(column)] if column else getattr(record, name)


def _matches(figure: CountFigure, record: Any, setting: Setting) -> bool:
    for name, stated in figure.where.items():
        column = column_of(name, figure.count)
        words = column.vocabulary if column else None
        if words is not None:
            words = setting.instance.vocabularies.get(words.name, words)
        if not same(stated, value_of(name, record, figure.count), words):
            return False
    return True
