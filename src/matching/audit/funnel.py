"""The hard require rules over many pairs: what each leaves of a teacher's posts and of a post's teachers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np

from matching.audit.bits import bits, everything, places
from matching.audit.pair import Pair
from matching.audit.requires import Requirement
from matching.audit.rolls import Roll
from matching.audit.sieves import Half, Sieve
from matching.audit.values import Ints

MORE = 4
"""How many times more candidates are asked of in each round."""
AT_ONCE = 2**20
"""How many pairs are held against the rules in one round, for the sake of memory."""


class Funnel:
    """The hard rules in the policy's order over all teachers and needs, in the order of the sheets."""

    def __init__(self, rules: Sequence[Requirement], people: Roll, posts: Roll) -> None:
        self._book = people.book
        self._all = {True: everything(len(posts)), False: everything(len(people))}
        self._sieves = [Sieve(rule, people, posts) for rule in rules]
        self._coarse = [sieve for sieve in self._sieves if sieve.coarse and sieve.telling]
        self._fine = [sieve for sieve in self._sieves if not sieve.coarse]
        self._some: dict[tuple[Any, ...], bool] = {}

    def last(self, alone: Pair) -> tuple[int, str] | None:
        """Return the place and the id of the rule that refuses the last on the other side; None where some stay."""
        half = self._half(alone)
        lefts = [self._all[half.sends]]
        for sieve in self._sieves:
            lefts.append(lefts[-1] & sieve.allowed(half) if sieve.coarse else lefts[-1])
        rules = range(len(self._sieves))
        at = bisect_left(rules, True, key=lambda k: not _passes(half, lefts[k + 1], self._sieves[:k + 1]))
        return None if at == len(rules) else (at, self._sieves[at].rule)

    def left(self, alone: Pair) -> int:
        """Return the bits of those on the other side whom no rule refuses."""
        half = self._half(alone)
        left = self._left(half, self._all[half.sends])
        for sieve in self._fine:
            left ^= bits([at for at in places(left) if sieve.refuses(half, at)])
        return left

    def some(self, alone: Pair) -> bool:
        """Tell whether no rule refuses some one on the other side; asked once of those alike in what the rules ask."""
        half = self._half(alone)
        alike = (half.sends, *(sieve.alike(half) for sieve in self._sieves))
        if alike not in self._some:
            self._some[alike] = self.any(alone)
        return self._some[alike]

    def any(self, alone: Pair, among: int | None = None) -> bool:
        """Tell whether no rule refuses some one (`among` those given) on the other side."""
        half = self._half(alone)
        return _passes(half, self._left(half, self._all[half.sends] if among is None else among), self._fine)

    def each_any(self, alone: Sequence[Pair], among: int) -> Sequence[bool]:
        """Tell of each of some on one side whether no rule refuses some one `among` those given on the other.

        Those left by the coarse rules are held against the others in rounds, of each half a few more in each.
        """
        halves = [self._half(one) for one in alone]
        lefts = [self._left(half, among) for half in halves]
        found = [bool(left) and not self._fine for left in lefts]
        waiting = {k: places(left) for k, left in enumerate(lefts) if left and self._fine}
        few = 1
        while waiting:
            asked = [(k, at) for k, more in waiting.items() for at in islice(more, few)]
            for k in self._passing(halves, asked).tolist():
                found[k] = True
            waiting = {k: waiting[k] for k, _ in asked if not found[k]}
            few = min(few * MORE, max(1, AT_ONCE // max(1, len(waiting))))
        return found

    def _passing(self, halves: Sequence[Half], asked: Sequence[tuple[int, int]]) -> Ints:
        """Return those of `halves`, by their places, of whom no fine rule refuses one that is `asked` of."""
        whom = np.array([k for k, _ in asked], np.int64)
        mine, other = np.array([halves[k].row for k, _ in asked], np.int64), np.array([at for _, at in asked], np.int64)
        pairs = Roll(self._book, *((mine, other) if halves and halves[0].sends else (other, mine)))
        for sieve in self._fine:
            left = ~sieve.refused(pairs)
            whom, pairs = whom[left], pairs.only(left)
        return whom

    def _left(self, half: Half, among: int) -> int:
        """Return the bits of those `among` the other side whom no coarse rule refuses."""
        for sieve in self._coarse:
            if among:
                among &= sieve.allowed(half)
        return among

    def _half(self, alone: Pair) -> Half:
        if alone.teacher is not None:
            return Half(True, self._book.teacher_at[alone.teacher.teacher_id])
        assert alone.need is not None
        return Half(False, self._book.need_at[alone.need.need_id])


def _passes(half: Half, left: int, sieves: Sequence[Sieve]) -> bool:
    """Tell whether any of those `left` by the coarse rules is refused by none of the others."""
    fine = [sieve for sieve in sieves if not sieve.coarse]
    return any(not any(sieve.refuses(half, at) for sieve in fine) for at in places(left))
