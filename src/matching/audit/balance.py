"""The balance rules recounted: who leaves a place, and who comes (reading 40)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from matching.audit.axes import approved
from matching.audit.factbook import Facts
from matching.audit.fields import Field
from matching.audit.measures import at_least, at_most
from matching.audit.numbers import figure, range_figure
from matching.audit.pair import Pair
from matching.audit.sentences import balance_text
from matching.audit.standing import Standing
from matching.domain.findings import InputError, error
from matching.policy.model import Balance

Key = tuple[str | None, ...]
Keyed = Callable[[Pair], Key]


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
        sent = dict.fromkeys(self.left(half) for half in approved(self._facts))
        places = {key[0] for key in sent}
        asked = (self.come(half) for half in self._facts.receivers.values())
        found = dict.fromkeys([*sent, *(key for key in asked if key[0] in places)])
        return [key for key in found if None not in key]


def _keyed(fields: Sequence[Field]) -> Keyed:
    return lambda pair: tuple(field.show(pair) for field in fields)


class Flow(NamedTuple):
    """How many leave a group, and how many come there."""

    leave: int
    come: int


def flows(facts: Facts, rule: Balance, pairs: Sequence[Pair]) -> Mapping[str, Flow]:
    """Return how many leave and come in every group, by its label."""
    ends = Ends(facts, rule)
    when = facts.reader.criteria(rule.when, rule.id)
    counted = [pair for pair in pairs if facts.get("mode", pair) == "resident" and when.hold(pair)]
    left, come = Counter(map(ends.left, counted)), Counter(map(ends.come, counted))
    return {" * ".join(map(str, key)): Flow(left[key], come[key]) for key in ends.groups()}


def balance_standings(facts: Facts, rule: Balance, pairs: Sequence[Pair]) -> Iterator[Standing]:
    """Yield how a balance stands in every group."""
    return (_standing(rule, label, *flow) for label, flow in flows(facts, rule, pairs).items())


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
