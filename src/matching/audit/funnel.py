"""The hard require rules over many pairs: what each leaves of a teacher's posts and of a post's teachers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from matching.audit.bits import bits, everything, places
from matching.audit.pair import RECEIVER, SENDER, Pair, joined
from matching.audit.requires import Requirement

COARSE = 100_000  # pairs of classes up to which a rule is asked once a class rather than pair by pair
ALIKE = 1000  # or, where there are more, how many pairs stand for each pair of classes


class Half:
    """One side of all pairs, teachers or needs, under one rule: classes of those alike in what the rule looks at."""

    def __init__(self, halves: Sequence[Pair], key: Callable[[Pair], Any]) -> None:
        self.key = key
        members: dict[Any, list[int]] = {}
        for at, half in enumerate(halves):
            members.setdefault(key(half), []).append(at)
        self.classes = [(alike, halves[found[0]], bits(found)) for alike, found in members.items()]


class Sieve:
    """One rule: the halves on the other side that it refuses a teacher or a need, as bits."""

    def __init__(self, requirement: Requirement, senders: Sequence[Pair], receivers: Sequence[Pair]) -> None:
        self.rule = requirement.rule.id
        self._refuses = requirement.refuses
        self._sides = {True: Half(senders, requirement.key(SENDER)), False: Half(receivers, requirement.key(RECEIVER))}
        self._all = {True: senders, False: receivers}
        self._known: dict[tuple[bool, Any], int] = {}
        self._verdicts: dict[tuple[Any, Any], bool] = {}
        classes = len(self._sides[True].classes) * len(self._sides[False].classes)
        self.coarse = classes <= max(COARSE, len(senders) * len(receivers) // ALIKE)

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
        key = self._sides[mine].key(half)
        if (mine, key) not in self._known:
            others = self._sides[not mine].classes
            self._known[mine, key] = _union(flags for alike, other, flags in others
                                            if self._class_refuses((key, alike) if mine else (alike, key), half, other))
        return self._known[mine, key]

    def _class_refuses(self, classes: tuple[Any, Any], half: Pair, other: Pair) -> bool:
        """Tell whether a class of teachers is refused a class of needs, of which two halves are given."""
        if classes not in self._verdicts:
            self._verdicts[classes] = self._refuses(_pair(half, other))
        return self._verdicts[classes]


class Funnel:
    """The hard rules in the policy's order over all teachers and needs, in the order of the sheets."""

    def __init__(self, rules: Sequence[Requirement], senders: Sequence[Pair], receivers: Sequence[Pair]) -> None:
        self._sizes = {True: len(senders), False: len(receivers)}
        self._sieves = [Sieve(rule, senders, receivers) for rule in rules]
        self._some: dict[tuple[Any, ...], bool] = {}

    def last(self, half: Pair) -> tuple[int, str] | None:
        """Return the place and the id of the rule that refuses the last on the other side; None where some stay."""
        lefts = [self._others(half)]
        for sieve in self._sieves:
            lefts.append(lefts[-1] & ~sieve.refused(half, lefts[-1]) if sieve.coarse and lefts[-1] else lefts[-1])
        rules = range(len(self._sieves))
        at = bisect_left(rules, True, key=lambda k: not self._passes(half, lefts[k + 1], self._sieves[:k + 1]))
        return None if at == len(rules) else (at, self._sieves[at].rule)

    def left(self, half: Pair) -> int:
        """Return the bits of those on the other side whom no rule refuses."""
        left = self._others(half)
        for sieve in sorted(self._sieves, key=lambda sieve: not sieve.coarse):
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
        return self._passes(half, left, self._sieves)

    def _passes(self, half: Pair, left: int, sieves: Sequence[Sieve]) -> bool:
        """Tell whether any of those `left` by the coarse rules is refused by none of the others."""
        fine = [sieve for sieve in sieves if not sieve.coarse]
        return any(not any(sieve.refuses(half, at) for sieve in fine) for at in places(left))

    def _others(self, half: Pair) -> int:
        return everything(self._sizes[half.teacher is None])


def _union(disjoint: Iterable[int]) -> int:
    """Return the bits of all of them."""
    return reduce(or_, disjoint, 0)


def _pair(half: Pair, other: Pair) -> Pair:
    return joined(half, other) if half.teacher is not None else joined(other, half)
