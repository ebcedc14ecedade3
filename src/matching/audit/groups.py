"""The groups of a quota and who belongs to them (readings 13 to 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, product
from typing import NamedTuple

import numpy as np

from matching.audit.axes import Row, Side, axis, keys
from matching.audit.factbook import Facts
from matching.audit.forms import NumberForm
from matching.audit.members import Key, Members, members
from matching.audit.numbers import Number, exact
from matching.audit.pair import RECEIVER, SENDER
from matching.audit.pairings import least
from matching.audit.rolls import Roll, merged
from matching.audit.values import Flags, Ints, Values, coded
from matching.domain.findings import InputError, error
from matching.domain.records import Pairing, Staffing

SIDES: tuple[Side, ...] = ("sender", "receiver")
NO_GROUPS = Values((), np.zeros(0, np.int64))


class Whom(NamedTuple):
    """Whom some groups are made of on one side: groups with the same labels on that side have the same `halves`.

    `part` is int64 of shape (n_groups,): which of the `members` a group's are.
    """

    halves: Roll
    part: Ints
    members: Members

    @property
    def parts(self) -> int:
        """How many different parts there are."""
        return int(self.part.max(initial=-1)) + 1


class Groups:
    """The groups by the fields of `per`; of none, the whole plan."""

    def __init__(self, facts: Facts, per: Sequence[str], rule: str) -> None:
        self._facts, self._rule = facts, rule
        self.axes = tuple(axis(facts, name, rule) for name in per if name != "plan")
        self._places = {side: [at for at, a in enumerate(self.axes) if a.side == side] for side in SIDES}

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

    def keys(self, roll: Roll) -> Values:
        """Return the keys of the groups that each placement of a roll belongs to."""
        sides = {axis.side for axis in self.axes}
        spoken = SENDER if sides == {"sender"} else RECEIVER if sides == {"receiver"} else SENDER | RECEIVER
        return roll.kept(self, spoken, lambda some: keys(self.axes, some))

    def all(self) -> Sequence[Key]:
        """Return the keys of every group, in the order of the sheets' rows."""
        side = self.axes[0].side if self.axes and not self.crossed else "neither"
        if side == "neither" or (len(self.axes) == 1 and self.axes[0].rows):
            return tuple(product(*(a.labels for a in self.axes)))
        return tuple(dict.fromkeys(chain.from_iterable(self._of_halves[side].values)))

    @cached_property
    def _of_halves(self) -> Mapping[Side, Values]:
        """The keys, on each side that has any, of those of whom groups are made."""
        return {side: keys([self.axes[at] for at in places], self._halves(side))
                for side, places in self._places.items() if places or not self.axes}

    def _halves(self, side: Side) -> Roll:
        return self._facts.approved if side == "sender" else self._facts.posts

    def whom(self, side: Side, some: Sequence[Key]) -> Whom | None:
        """Return whom the groups of some keys are made of on one side; None where groups are not made of such."""
        if side not in self._of_halves:
            return None
        places, halves = self._places[side], self._halves(side)
        part = coded(tuple(key[at] for at in places) for key in some) if self.crossed else coded(some)
        place = dict(zip(part.values, range(len(part.values)), strict=True))
        return Whom(halves, part.codes, members(self._of_halves[side], np.arange(len(halves)), place))

    def rows(self, key: Key) -> Sequence[Row]:
        """Return the sheet's rows that a group stands for."""
        return [a.rows[name] for a, name in zip(self.axes, key, strict=True) if a.rows]


class Cast:
    """Groups by their keys, in order, and what is so of each: arrays are by group, of shape (n_groups,)."""

    def __init__(self, facts: Facts, groups: Groups, rule: str, some: Sequence[Key]) -> None:
        self._facts, self._groups, self._rule, self.keys = facts, groups, rule, some
        self._whom: dict[Side, Whom | None] = {}

    @cached_property
    def labels(self) -> Sequence[str]:
        """What each group is called."""
        return [" * ".join(key) if key else "plan" for key in self.keys]

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, flags: Flags) -> Cast:
        """Return the groups that are flagged."""
        some = tuple(compress(self.keys, flags.tolist()))
        return self if len(some) == len(self) else Cast(self._facts, self._groups, self._rule, some)

    def members(self, column: Values, rows: Ints) -> Members:
        """Return which of some rows of a roll belong to each group; `column` has each one's keys."""
        return members(column, rows, self._place)

    @cached_property
    def _place(self) -> Mapping[Key, int]:
        return dict(zip(self.keys, range(len(self)), strict=True))

    def whom(self, side: Side) -> Whom | None:
        """Return whom the groups are made of on one side; None where they are not made of such."""
        if side not in self._whom:
            self._whom[side] = self._groups.whom(side, self.keys)
        return self._whom[side]

    def number(self, name: str) -> Values:
        """Return a numeric field of each group: the value on which its members agree; None where empty (reading 16).

        Raises
        ------
        InputError
            Where the field says nothing of the groups, or the members of one do not agree.
        """
        if not self.keys:
            return NO_GROUPS
        sheet, _, column = name.partition(".")
        if sheet in ("pairing", "staffing") and column:
            cells = [(at, _cell(row, column)) for at, key in enumerate(self.keys) for row in self._groups.rows(key)]
            of_row = Members(np.array([at for at, _ in cells], np.int64), np.arange(len(cells)))
            return self._agreed(name, coded([number for _, number in cells]), of_row, np.arange(len(self)))
        field = self._facts.reader.field(name, self._rule)
        side: Side | None = "sender" if field.sides <= SENDER else "receiver" if field.sides <= RECEIVER else None
        whom = self.whom(side) if side else None
        if whom is None or not isinstance(field.form, NumberForm):
            raise meaningless(self._rule, name, self.labels[0])
        numbers = merged(whom.halves.column(field), field.comparable)
        return self._agreed(name, numbers, whom.members, whom.part)

    def _agreed(self, name: str, numbers: Values, of_part: Members, part: Ints) -> Values:
        """Return the one number that all members of each group's part have who have any; None where none has."""
        width = len(numbers.values)
        telling = of_part.only(numbers.given()[of_part.which])
        parts, said = np.divmod(np.unique(telling.group * width + numbers.codes[telling.which]), width)
        n_parts = int(part.max(initial=-1)) + 1
        split = np.flatnonzero(np.bincount(parts, minlength=n_parts)[part] > 1)
        if len(split):
            raise self._disagreeing(name, self.labels[split[0]])
        found = np.full(n_parts, width, np.int64)
        found[parts] = said
        return Values((*numbers.values, None), found[part])

    def _disagreeing(self, name: str, label: str) -> InputError:
        return InputError([error(
            "members_disagree", f"规则“{self._rule}”：“{label}”内的“{name}”不一致",
            f"rule '{self._rule}': '{name}' is not one number in '{label}'", value=name)])


def meaningless(rule: str, what: str, group: str) -> InputError:
    """Return the error of a quota that asks a group for what it does not have."""
    return InputError([error("meaningless_quota", f"规则“{rule}”：“{what}”对分组“{group}”没有意义",
                             f"rule '{rule}': '{what}' has no meaning for the group '{group}'", value=what)])


def _cell(row: Row, column: str) -> Number | None:
    if isinstance(row, Pairing) and column == "min":
        return least(row)
    if isinstance(row, Pairing) and column == "max":
        return row.maximum
    if isinstance(row, Staffing) and column in ("staff", "exchange_staff", "send_max", "pupils"):
        found = getattr(row, column)
        return None if found is None else exact(found)
    return None
