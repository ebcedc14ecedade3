"""The groups of a quota and who belongs to them (readings 13 to 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from matching.audit.axes import Axis, Row, Side, approved, axis
from matching.audit.factbook import Facts
from matching.audit.forms import NumberForm
from matching.audit.numbers import Number, exact
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.audit.pairings import least
from matching.domain.findings import InputError, error
from matching.domain.records import Pairing, Staffing

Key = tuple[str, ...]
PLAN: Key = ()


@dataclass(frozen=True)
class Group:
    """The teachers and needs that make up a group; None where groups are not made of such."""

    label: str
    teachers: Sequence[Pair] | None
    needs: Sequence[Pair] | None
    rows: Sequence[Row] = ()


class Groups:
    """The groups by the fields of `per`; of none, the whole plan."""

    def __init__(self, facts: Facts, per: Sequence[str], rule: str) -> None:
        self._facts, self._rule = facts, rule
        self.axes = tuple(axis(facts, name, rule) for name in per if name != "plan")

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

    def keys(self, pair: Pair) -> Iterator[Key]:
        """Yield the groups that a placement belongs to."""
        return product(*(a.labels(pair) for a in self.axes))

    def all(self) -> Mapping[Key, Group]:
        """Return every group, in the order of the sheets' rows."""
        keys = self._occurring() if len(self.axes) == 2 and not self.crossed else product(*self._labels())
        return {key: self.group(key) for key in keys}

    def group(self, key: Key) -> Group:
        """Return one group."""
        label = " * ".join(key) if key else "plan"
        rows = [a.rows[name] for a, name in zip(self.axes, key, strict=True) if a.rows]
        return Group(label, self._members("sender", key), self._members("receiver", key), rows)

    def _labels(self) -> list[Sequence[str]]:
        return [tuple(a.rows) if a.rows is not None else tuple(dict.fromkeys(_all_labels(a))) for a in self.axes]

    def _occurring(self) -> Sequence[Key]:
        return tuple(dict.fromkeys(key for half in self.axes[0].halves for key in self.keys(half)))

    def _members(self, side: Side, key: Key) -> Sequence[Pair] | None:
        mine = tuple(name for a, name in zip(self.axes, key, strict=True) if a.side == side)
        if mine:
            return self._by_label[side].get(mine, ())
        if self.axes:
            return None
        return approved(self._facts) if side == "sender" else tuple(self._facts.receivers.values())

    @cached_property
    def _by_label(self) -> Mapping[Side, Mapping[Key, Sequence[Pair]]]:
        """For each side, its halves by the labels of the axes on that side."""
        return {side: _bucketed([a for a in self.axes if a.side == side]) for side in ("sender", "receiver")}

    def number(self, name: str, group: Group) -> Number | None:
        """Return a numeric field of a group: the value on which its members agree; None where empty (reading 16).

        Raises
        ------
        InputError
            Where the field says nothing of the group, or its members do not agree.
        """
        values = set(self._values(name, group)) - {None}
        if len(values) > 1:
            raise InputError([error(
                "members_disagree", f"规则“{self._rule}”：“{group.label}”内的“{name}”不一致",
                f"rule '{self._rule}': '{name}' is not one number in '{group.label}'", value=name)])
        return values.pop() if values else None

    def _values(self, name: str, group: Group) -> Iterator[Number | None]:
        sheet, _, column = name.partition(".")
        if sheet in ("pairing", "staffing") and column:
            return (_cell(row, column) for row in group.rows)
        field = self._facts.reader.field(name, self._rule)
        members = group.teachers if field.sides <= SENDER else group.needs if field.sides <= RECEIVER else None
        if members is None or not isinstance(field.form, NumberForm):
            raise meaningless(self._rule, name, group.label)
        return (field.value(member) for member in members)


def meaningless(rule: str, what: str, group: str) -> InputError:
    """Return the error of a quota that asks a group for what it does not have."""
    return InputError([error("meaningless_quota", f"规则“{rule}”：“{what}”对分组“{group}”没有意义",
                             f"rule '{rule}': '{what}' has no meaning for the group '{group}'", value=what)])


def _all_labels(a: Axis) -> Iterator[str]:
    return (label for half in a.halves for label in a.labels(half))


def _bucketed(axes: Sequence[Axis]) -> Mapping[Key, Sequence[Pair]]:
    buckets: dict[Key, list[Pair]] = {}
    if axes:
        for half in axes[0].halves:
            for key in product(*(a.labels(half) for a in axes)):
                buckets.setdefault(key, []).append(half)
    return buckets


def _cell(row: Row, column: str) -> Number | None:
    if isinstance(row, Pairing) and column == "min":
        return least(row)
    if isinstance(row, Pairing) and column == "max":
        return row.maximum
    if isinstance(row, Staffing) and column in ("staff", "exchange_staff", "send_max", "pupils"):
        found = getattr(row, column)
        return None if found is None else exact(found)
    return None
