"""The hard require rules over many pairs: what each leaves of a teacher's posts and of a post's teachers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matching.audit.bits import bits, everything, places
from matching.audit.pair import RECEIVER, SENDER, Pair, joined
from matching.audit.requires import Requirement

COARSE = 100_000  # pairs of classes up to which a rule is asked once a class rather than pair by pair


class Half:
    """One side of all pairs, teachers or needs, under one rule: classes of those alike in what the rule looks at."""

    def __init__(self, halves: Sequence[Pair], key: Callable[[Pair], Any]) -> None:
        self.key = key
        members: dict[Any, list[int]] = {}
        for at, half in enumerate(halves):
            members.setdefault(key(half), []).append(at)
        self.classes = [(halves[found[0]], bits(found)) for found in members.values()]


class Sieve:
    """One rule: the halves on the other side that it refuses a teacher or a need, as bits."""

    def __init__(self, requirement: Requirement, senders: Sequence[Pair], receivers: Sequence[Pair]) -> None:
        self.rule = requirement.rule.id
        self._refuses = requirement.refuses
        self._sides = {True: Half(senders, requirement.key(SENDER)), False: Half(receivers, requirement.key(RECEIVER))}
        self._all = {True: senders, False: receivers}
        self._known: dict[tuple[bool, Any], int] = {}
        self.coarse = len(self._sides[True].classes) * len(self._sides[False].classes) <= COARSE

    def refused(self, half: Pair, among: int) -> int:
        """Return the bits of those `among` the other side whom the rule refuses `half`."""
        if self.coarse:
            return self._of_class(half) & among
        mine = half.teacher is not None
        others = self._all[not mine]
        return bits([at for at in places(among) if self._refuses(_pair(half, others[at]))])

    def refuses(self, half: Pair, at: int) -> bool:
        """Tell whether the rule refuses `half` the one at a place on the other side."""
        return self._refuses(_pair(half, self._all[half.teacher is None][at]))

    def key(self, half: Pair) -> Any:
        """Return what of `half` the rule looks at."""
        return self._sides[half.teacher is not None].key(half)

    def _of_class(self, half: Pair) -> int:
        mine = half.teacher is not None
        known = (mine, self._sides[mine].key(half))
        if known not in self._known:
            others = self._sides[not mine].classes
            self._known[known] = sum(flags for other, flags in others if self._refuses(_pair(half, other)))
        return self._known[known]


class Funnel:
    """The hard rules in the policy's order over all teachers and needs, in the order of the sheets."""

    def __init__(self, rules: Sequence[Requirement], senders: Sequence[Pair], receivers: Sequence[Pair]) -> None:
        self._sizes = {True: len(senders), False: len(receivers)}
        self._sieves = [Sieve(rule, senders, receivers) for rule in rules]
        self._some: dict[tuple[Any, ...], bool] = {}

    def last(self, half: Pair) -> tuple[int, str] | None:
        """Return the place and the id of the rule that refuses the last on the other side; None where some stay."""
        left = self._others(half)
        for at, sieve in enumerate(self._sieves):
            left &= ~sieve.refused(half, left)
            if not left:
                return at, sieve.rule
        return None

    def left(self, half: Pair) -> int:
        """Return the bits of those on the other side whom no rule refuses."""
        left = self._others(half)
        for sieve in self._sieves:
            left &= ~sieve.refused(half, left)
        return left

    def some(self, half: Pair) -> bool:
        """Tell whether no rule refuses some one on the other side; asked once of those alike in what the rules ask."""
        alike = (half.teacher is not None, *(sieve.key(half) for sieve in self._sieves))
        if alike not in self._some:
            self._some[alike] = self.any(half)
        return self._some[alike]

    def any(self, half: Pair, among: int | None = None) -> bool:
        """Tell whether no rule refuses some one (`among` those given) on the other side."""
        left = self._others(half) if among is None else among
        for sieve in self._sieves:
            if sieve.coarse and left:
                left &= ~sieve.refused(half, left)
        fine = [sieve for sieve in self._sieves if not sieve.coarse]
        return any(not any(sieve.refuses(half, at) for sieve in fine) for at in places(left))

    def _others(self, half: Pair) -> int:
        return everything(self._sizes[half.teacher is None])


def _pair(half: Pair, other: Pair) -> Pair:
    return joined(half, other) if half.teacher is not None else joined(other, half)
