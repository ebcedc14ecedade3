"""Many teachers, needs or pairs of them: what is asked of all is asked once of those alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any

import numpy as np

from matching.audit.conditions import listed
from matching.audit.fields import Field
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.audit.values import Flags, Ints, Values, classes, coded
from matching.domain.instance import Instance
from matching.domain.records import Need, Site, Teacher

Alike = Callable[[Any], Any]


class Book:
    """The teachers and needs of an instance by row, the attributes of each coded when first asked for."""

    def __init__(self, instance: Instance) -> None:
        site = {s.site_id: at for at, s in enumerate(instance.sites)}
        self.teachers, self.needs, self.sites = instance.teachers, instance.needs, instance.sites
        self.home = np.array([site[t.home_site] for t in instance.teachers], np.int64)
        self.host = np.array([site[n.site_id] for n in instance.needs], np.int64)
        self.teacher_at = {t.teacher_id: at for at, t in enumerate(instance.teachers)}
        self.need_at = {n.need_id: at for at, n in enumerate(instance.needs)}
        self._known: dict[tuple[str, Alike | None], Values] = {}

    def attribute(self, path: str, alike: Alike | None = None) -> Values:
        """Return an attribute such as ``home.county`` by teacher or need; `alike` may take values for the same."""
        key = (path, alike)
        if key not in self._known:
            self._known[key] = self._attribute(path) if alike is None else merged(self.attribute(path), alike)
        return self._known[key]

    def _attribute(self, path: str) -> Values:
        side, _, name = path.partition(".")
        rows: Sequence[Any] = {"teacher": self.teachers, "need": self.needs}.get(side, self.sites)
        found = coded(map(attrgetter(name), rows))
        at = {"home": self.home, "host": self.host}.get(side)
        return found if at is None else Values(found.values, found.codes[at])

    @cached_property
    def people(self) -> Roll:
        """Every teacher alone."""
        return Roll(self, np.arange(len(self.teachers)), None)

    @cached_property
    def posts(self) -> Roll:
        """Every need alone."""
        return Roll(self, None, np.arange(len(self.needs)))


class Roll:
    """Teachers beside needs, or either alone, by their rows: int64 of shape (n,)."""

    def __init__(self, book: Book, teachers: Ints | None, needs: Ints | None) -> None:
        self.book, self.teachers, self.needs = book, teachers, needs
        self._known: dict[Hashable, Values] = {}

    def __len__(self) -> int:
        rows = self.needs if self.teachers is None else self.teachers
        assert rows is not None
        return len(rows)

    def only(self, flags: Flags) -> Roll:
        """Return those that are flagged."""
        teachers, needs = self.teachers, self.needs
        return Roll(self.book, None if teachers is None else teachers[flags], None if needs is None else needs[flags])

    def pair(self, at: int) -> Pair:
        """Return the one at a place."""
        book, teacher, home, need, host = self.book, None, None, None, None
        if self.teachers is not None:
            row = int(self.teachers[at])
            teacher, home = book.teachers[row], book.sites[book.home[row]]
        if self.needs is not None:
            row = int(self.needs[at])
            need, host = book.needs[row], book.sites[book.host[row]]
        return Pair(teacher, home, need, host)

    def pairs(self, at: Ints) -> Iterator[Pair]:
        """Return those at some places."""
        book, none = self.book, repeat((None, None), len(at))
        senders: Iterable[tuple[Teacher | None, Site | None]] = none
        receivers: Iterable[tuple[Need | None, Site | None]] = none
        if self.teachers is not None:
            rows = self.teachers[at]
            senders = zip(_at(book.teachers, rows), _at(book.sites, book.home[rows]), strict=True)
        if self.needs is not None:
            rows = self.needs[at]
            receivers = zip(_at(book.needs, rows), _at(book.sites, book.host[rows]), strict=True)
        return (Pair(*one, *other) for one, other in zip(senders, receivers, strict=True))

    def column(self, field: Field) -> Values:
        """Return the raw values of a field; some of them may be those of others than are on the roll."""
        return self.kept(("raw", field.name), field.sides,
                         lambda roll: roll._computed(field) if field.column is None else field.column(roll))

    def comparable(self, field: Field) -> Values:
        """Return the comparable values of a field, a tuple of members each; None where missing."""
        return self.kept(("comparable", field.name), field.sides,
                         lambda roll: roll.column(field).map(field.comparable).map(_members))

    def labels(self, field: Field) -> Values:
        """Return the values of a field as labels have them, a tuple of one; of none where missing."""
        return self.kept(("label", field.name), field.sides, lambda roll: roll.column(field).map(field.label).map(
            lambda found: () if found is None else (found,)))

    def kept(self, about: Hashable, sides: frozenset[str], ask: Callable[[Roll], Values]) -> Values:
        """Return what `ask` answers of a roll, asked once and kept.

        Where it speaks of teachers alone or of posts alone, all that there are of these are asked at once, for all
        rolls.

        Parameters
        ----------
        about : what the answer is known by
        sides : which of teacher, home, need and host it speaks of
        """
        if about not in self._known:
            whole = self._whole(sides)
            self._known[about] = ask(self) if whole is None else whole.kept(about, sides, ask).only(
                self._rows_in(whole))
        return self._known[about]

    def _computed(self, field: Field) -> Values:
        first, codes = classes(len(self), [self.codes(path, field.alike.get(path)) for path in field.uses])
        attributes = (Values(self.book.attribute(path).values, self.codes(path)[first]).each() for path in field.uses)
        return merged(Values(list(map(field.compute, *attributes)), codes), lambda value: value)

    def _whole(self, sides: frozenset[str]) -> Roll | None:
        """Return the roll of all those of whom alone `sides` speak; None where that is this one, or there is none."""
        whole = self.book.people if sides <= SENDER else self.book.posts if sides <= RECEIVER else None
        return None if whole is self else whole

    def _rows_in(self, whole: Roll) -> Ints:
        rows = self.teachers if whole is self.book.people else self.needs
        assert rows is not None
        return rows

    def asked(self, looks: Iterable[tuple[str, Alike | None]], ask: Callable[[Pair], Any]) -> Values:
        """Return what `ask` answers of each, asked of one of those whose attributes in `looks` are alike."""
        first, codes = classes(len(self), [self.codes(*look) for look in looks])
        return Values(list(map(ask, self.pairs(first))), codes)

    def codes(self, path: str, alike: Alike | None = None) -> Ints:
        """Return a code of an attribute such as ``home.county`` of each; `alike` may take values for the same."""
        rows = self.teachers if path.partition(".")[0] in SENDER else self.needs
        assert rows is not None
        return self.book.attribute(path, alike).codes[rows]


def _at(records: Sequence[Any], rows: Ints) -> list[Any]:
    return [records[row] for row in rows.tolist()]


def _members(value: Any) -> tuple[Any, ...] | None:
    return None if value is None else listed(value)


def merged(column: Values, change: Callable[[Any], Any]) -> Values:
    """Return the column of changed values, each distinct one once."""
    found = coded(map(change, column.values))
    return Values(found.values, found.codes[column.codes])
