"""The hard require rules over many pairs: what each leaves of a teacher's posts and of a post's teachers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from matching.audit.bits import bits, everything, places
from matching.audit.pair import Pair
from matching.audit.requires import Requirement
from matching.audit.rolls import Roll
from matching.audit.sieves import Half, Sieve


class Funnel:
    """The hard rules in the policy's order over all teachers and needs, in the order of the sheets."""

    def __init__(self, rules: Sequence[Requirement], people: Roll, posts: Roll) -> None:
        self._book = people.book
        self._all = {True: everything(len(posts)), False: everything(len(people))}
        self._sieves = [Sieve(rule, people, posts) for rule in rules]
        self._coarse = [sieve for sieve in self._sieves if sieve.coarse]
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
