"""The groups of a quota and who belongs to them (readings 13 to 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from matching.audit.axes import Axis, Row, Side, axis, keys
from matching.audit.factbook import Facts
from matching.audit.fields import Field
from matching.audit.forms import NumberForm
from matching.audit.numbers import Number, exact
from matching.audit.pair import RECEIVER, SENDER
from matching.audit.pairings import least
from matching.audit.rolls import Roll
from matching.audit.values import Values
from matching.domain.findings import InputError, error
from matching.domain.records import Pairing, Staffing

SIDES: tuple[Side, ...] = ("sender", "receiver")
Key = tuple[str, ...]
Members = Mapping[Key, Sequence[int]]


class Group(NamedTuple):
    """One group by its labels."""

    key: Key
    label: str


class Groups:
    """The groups by the fields of `per`; of none, the whole plan."""

    def __init__(self, facts: Facts, per: Sequence[str], rule: str) -> None:
        self._facts, self._rule = facts, rule
        self.axes = tuple(axis(facts, name, rule) for name in per if name != "plan")
        self._places = {side: [at for at, a in enumerate(self.axes) if a.side == side] for side in SIDES}
        self._columns: dict[str, list[Number | None]] = {}

    @property
    def resident(self) -> bool:
        """Whether only resident placements count (reading 18)."""
        return any(a.resident for a in self.axes)

    @property
    def whole_homes(self) -> bool:
        """Whether the teachers of a group are those of whole home sites (reading 17)."""
        return all(a.whole_homes for a in self.axes if a.side == "sender")

    @property
    def crossed(self) -> bool:
        """Whether two fields of different sides make all pairs of their groups."""
        return len(self.axes) == 2 and self.axes[0].side != self.axes[1].side

    def members(self, roll: Roll, rows: Iterable[int]) -> Members:
        """Return which of the placements at some `rows` of a roll belong to each group."""
        return _by_key(keys(self.axes, roll), rows)

    def all(self) -> Iterable[Group]:
        """Return every group, in the order of the sheets' rows."""
        if len(self.axes) == 2 and not self.crossed:
            assert self.axes[0].halves is not None
            occurring = keys(self.axes, self.axes[0].halves)
            return self.named(dict.fromkeys(key for some in occurring.values for key in some))
        return self.named(product(*(a.labels for a in self.axes)))

    def named(self, some: Iterable[Key]) -> Iterable[Group]:
        """Return the groups of some keys."""
        return (Group(key, " * ".join(key) if key else "plan") for key in some)

    def rows(self, group: Group) -> Sequence[Row]:
        """Return the sheet's rows that a group stands for."""
        return [a.rows[name] for a, name in zip(self.axes, group.key, strict=True) if a.rows]

    def teachers(self, group: Group) -> Sequence[int] | None:
        """Return the rows of a group's teachers among those approved; None where groups are not made of such."""
        return self._members("sender", group.key)

    def needs(self, group: Group) -> Sequence[int] | None:
        """Return the rows of a group's needs; None where groups are not made of such."""
        return self._members("receiver", group.key)

    def _members(self, side: Side, key: Key) -> Sequence[int] | None:
        mine = tuple(key[at] for at in self._places[side])
        if mine:
            return self._by_label[side].get(mine, ())
        if self.axes:
            return None
        return range(len(self._facts.approved if side == "sender" else self._facts.posts))

    @cached_property
    def _by_label(self) -> Mapping[Side, Members]:
        """For each side, its halves by the labels of the axes on that side."""
        return {side: _bucketed([self.axes[at] for at in places]) for side, places in self._places.items()}

    def number(self, name: str, group: Group) -> Number | None:
        """Return a numeric field of a group: the value on which its members agree; None where empty (reading 16).

        Raises
        ------
        InputError
            Where the field says nothing of the group, or its members do not agree.
        """
        values = self._values(name, group)
        if len(values) == 1:
            return values.pop()
        values.discard(None)
        if len(values) > 1:
            raise InputError([error(
                "members_disagree", f"规则“{self._rule}”：“{group.label}”内的“{name}”不一致",
                f"rule '{self._rule}': '{name}' is not one number in '{group.label}'", value=name)])
        return values.pop() if values else None

    def _values(self, name: str, group: Group) -> set[Number | None]:
        sheet, _, column = name.partition(".")
        if sheet in ("pairing", "staffing") and column:
            return {_cell(row, column) for row in self.rows(group)}
        field = self._facts.reader.field(name, self._rule)
        sends = field.sides <= SENDER
        members = self.teachers(group) if sends else self.needs(group) if field.sides <= RECEIVER else None
        if members is None or not isinstance(field.form, NumberForm):
            raise meaningless(self._rule, name, group.label)
        numbers = self._numbers(field, self._facts.approved if sends else self._facts.posts)
        return {numbers[member] for member in members}

    def _numbers(self, field: Field, halves: Roll) -> Sequence[Number | None]:
        if field.name not in self._columns:
            self._columns[field.name] = halves.column(field).map(field.comparable).each()
        return self._columns[field.name]


def meaningless(rule: str, what: str, group: str) -> InputError:
    """Return the error of a quota that asks a group for what it does not have."""
    return InputError([error("meaningless_quota", f"规则“{rule}”：“{what}”对分组“{group}”没有意义",
                             f"rule '{rule}': '{what}' has no meaning for the group '{group}'", value=what)])


def _by_key(column: Values, rows: Iterable[int]) -> Members:
    found: dict[Key, list[int]] = {}
    each = column.each()
    for row in rows:
        for key in each[row]:
            found.setdefault(key, []).append(row)
    return found


def _bucketed(axes: Sequence[Axis]) -> Members:
    if not axes or axes[0].halves is None:
        return {}
    return _by_key(keys(axes, axes[0].halves), range(len(axes[0].halves)))


def _cell(row: Row, column: str) -> Number | None:
    if isinstance(row, Pairing) and column == "min":
        return least(row)
    if isinstance(row, Pairing) and column == "max":
        return row.maximum
    if isinstance(row, Staffing) and column in ("staff", "exchange_staff", "send_max", "pupils"):
        found = getattr(row, column)
        return None if found is None else exact(found)
    return None
