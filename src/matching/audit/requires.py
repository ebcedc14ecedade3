"""The require rules: which pairs each refuses, one by one and many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from matching.audit.conditions import Clause, Verdict
from matching.audit.pair import RECEIVER, SENDER, Pair, joined
from matching.audit.reader import Reader
from matching.policy.model import Require


class Requirement:
    """One require rule, read; `lenient` is the policy's ``unknown = "accept"``."""

    def __init__(self, rule: Require, reader: Reader, lenient: bool) -> None:
        self.rule = rule
        self.when = reader.criteria(rule.when, rule.id)
        self.that = reader.criteria(rule.that, rule.id)
        self._lenient = lenient

    def verdict(self, pair: Pair) -> Verdict:
        """Return whether the pair meets the rule; None where a missing value leaves it open."""
        return self.that(pair) if self.when.hold(pair) else True

    def refuses(self, pair: Pair) -> bool:
        """Tell whether the pair breaks the rule, missing values read as the policy says."""
        verdict = self.verdict(pair)
        return not (self._lenient if verdict is None else verdict)

    def unmet(self, pair: Pair) -> tuple[Clause, ...]:
        """Return the first clause of each condition of `that` which the pair does not meet."""
        found = (next((c for c in option.clauses if c(pair) is not True), None) for option in self.that.options)
        return tuple(clause for clause in found if clause is not None)

    def key(self, sides: frozenset[str]) -> Callable[[Pair], Any]:
        """Return what of a half pair the rule looks at."""
        paths = {path for criteria in (self.when, self.that) for path in criteria.uses}
        mine = sorted(path for path in paths if path.partition(".")[0] in sides)
        return attrgetter(*mine) if mine else _nothing


def _nothing(pair: Pair) -> None:
    return None


class Refusals:
    """For one rule, sets of refused needs by teacher and of refused teachers by need, as bits of whole numbers.

    Halves that are alike in all that the rule looks at are asked once.
    """

    def __init__(self, requirement: Requirement, senders: Sequence[Pair], receivers: Sequence[Pair]) -> None:
        self._refuses = requirement.refuses
        self._senders, self._receivers = senders, receivers
        self._sender_key, self._receiver_key = requirement.key(SENDER), requirement.key(RECEIVER)
        self._by_sender: dict[Any, int] = {}
        self._by_receiver: dict[Any, int] = {}

    @cached_property
    def _sender_classes(self) -> list[tuple[Pair, int]]:
        return classes(self._senders, self._sender_key)

    @cached_property
    def _receiver_classes(self) -> list[tuple[Pair, int]]:
        return classes(self._receivers, self._receiver_key)

    def needs(self, sender: Pair) -> int:
        """Return the bits of the needs that the rule refuses a teacher."""
        key = self._sender_key(sender)
        if key not in self._by_sender:
            self._by_sender[key] = sum(bits for post, bits in self._receiver_classes
                                       if self._refuses(joined(sender, post)))
        return self._by_sender[key]

    def teachers(self, receiver: Pair) -> int:
        """Return the bits of the teachers whom the rule refuses a need."""
        key = self._receiver_key(receiver)
        if key not in self._by_receiver:
            self._by_receiver[key] = sum(bits for person, bits in self._sender_classes
                                         if self._refuses(joined(person, receiver)))
        return self._by_receiver[key]


def classes(halves: Sequence[Pair], key: Callable[[Pair], Any]) -> list[tuple[Pair, int]]:
    """Return one of each class of halves with equal keys, with the bits of the places of all."""
    members: dict[Any, list[int]] = {}
    for at, half in enumerate(halves):
        members.setdefault(key(half), []).append(at)
    return [(halves[places[0]], bits(places)) for places in members.values()]


def bits(places: Sequence[int]) -> int:
    """Return the whole number whose bits at `places` are set."""
    flags = bytearray(max(places, default=0) // 8 + 1)
    for at in places:
        flags[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(flags, "little")
