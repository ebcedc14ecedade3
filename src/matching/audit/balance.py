"""The balance rules recounted: who leaves a place, and who comes (reading 40)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matching.audit.factbook import Facts
from matching.audit.fields import Field
from matching.audit.measures import at_least, at_most
from matching.audit.numbers import figure, range_figure
from matching.audit.over import holds
from matching.audit.rolls import Roll
from matching.audit.sentences import balance_text
from matching.audit.standing import Standing
from matching.audit.values import Values, classes
from matching.domain.findings import InputError, error
from matching.policy.model import Balance

Key = tuple[str | None, ...]
Keyed = Callable[[Roll], Values]


class Ends:
    """The groups of one balance rule, and which of them a placement leaves and comes to."""

    def __init__(self, facts: Facts, rule: Balance) -> None:
        home = facts.reader.field(rule.per[0], rule.id)
        if home.sides != {"home"} or rule.per[1:] not in ((), ("subject",)):
            raise InputError([error("meaningless_balance", f"规则“{rule.id}”不能这样分组",
                                    f"rule '{rule.id}' cannot group so", value=" * ".join(rule.per))])
        host = facts.reader.field("host." + home.name.partition(".")[2], rule.id)
        subjects = [("subject", "need.subject")] if len(rule.per) == 2 else []
        pairs = [(facts.reader.field(a, rule.id), facts.reader.field(b, rule.id)) for a, b in subjects]
        self._facts = facts
        self.left = _keyed([home, *(own for own, _ in pairs)])
        self.come = _keyed([host, *(asked for _, asked in pairs)])

    def groups(self) -> Sequence[Key]:
        """Return the groups: of approved teachers, then with the further subjects of needs in the same places."""
        sent = dict.fromkeys(self.left(self._facts.approved).values)
        places = {key[0] for key in sent}
        asked = self.come(self._facts.posts).values
        found = dict.fromkeys([*sent, *(key for key in asked if key[0] in places)])
        return [key for key in found if None not in key]


def _keyed(fields: Sequence[Field]) -> Keyed:
    return lambda roll: _together([roll.column(field).map(field.label) for field in fields])


def _together(columns: Sequence[Values]) -> Values:
    """Return the values of columns side by side, in the order in which they come."""
    first, codes = classes(len(columns[0].codes), [column.codes for column in columns])
    return Values([tuple(column.values[column.codes[at]] for column in columns) for at in first.tolist()], codes)


class Flow(NamedTuple):
    """How many leave a group, and how many come there."""

    leave: int
    come: int


def flows(facts: Facts, rule: Balance, roll: Roll) -> Mapping[str, Flow]:
    """Return how many leave and come in every group, by its label."""
    ends = Ends(facts, rule)
    when = facts.reader.criteria(rule.when, rule.id)
    resident = roll.column(facts.field("mode")).map(lambda mode: mode == "resident").array(np.bool_)
    counted = roll.only(resident & holds(when, roll))
    left, come = (Counter(side(counted).each()) for side in (ends.left, ends.come))
    return {" * ".join(map(str, key)): Flow(left[key], come[key]) for key in ends.groups()}


def balance_standings(facts: Facts, rule: Balance, roll: Roll) -> Iterator[Standing]:
    """Yield how a balance stands in every group."""
    return (_standing(rule, label, *flow) for label, flow in flows(facts, rule, roll).items())


def _standing(rule: Balance, label: str, leave: int, come: int) -> Standing:
    least = None if rule.at_least is None else at_least(rule.at_least, 1, None)
    most = None if rule.at_most is None else at_most(rule.at_most, 1, None)
    value = leave - come
    required = range_figure([figure(bound) for bound in (least, most) if bound is not None])
    if least is not None and value < least:
        text = balance_text(rule, label, leave, come, least, least - value)
        return Standing(rule, label, value, required, least - value, least, text)
    if most is not None and value > most:
        text = balance_text(rule, label, leave, come, most, value - most)
        return Standing(rule, label, value, required, value - most, most, text)
    return Standing(rule, label, value, required)
