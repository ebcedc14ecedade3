"""One hard require rule over all teachers and needs: whom it refuses whom, as bits."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching.audit.bits import packed
from matching.audit.conditions import Clause
from matching.audit.pair import RECEIVER, SENDER, joined
from matching.audit.requires import Requirement
from matching.audit.rolls import Roll
from matching.audit.values import Flags, Ints, classes

COARSE = 4  # pairs of classes for each teacher and need up to which a rule is asked once a class, not pair by pair
LARGEST_TABLE = 2**21


class Half(NamedTuple):
    """A teacher or a need alone by its row."""

    sends: bool
    row: int


class Side(NamedTuple):
    """Teachers or needs under one rule: the first row of each class of those alike to it, and the class of each."""

    roll: Roll
    first: Ints
    codes: Ints


class Sieve:
    """One rule: the halves on the other side that it refuses a teacher or a need, as bits."""

    def __init__(self, requirement: Requirement, people: Roll, posts: Roll) -> None:
        self.rule = requirement.rule.id
        self._requirement = requirement
        self._sides = {True: _side(requirement, people, SENDER), False: _side(requirement, posts, RECEIVER)}
        pairs = len(self._sides[True].first) * len(self._sides[False].first)
        quick = all(map(_quick, requirement.clauses)) and pairs <= LARGEST_TABLE
        self.coarse = pairs <= COARSE * (len(people) + len(posts)) or quick
        self._codes = {sends: side.codes.tolist() for sends, side in self._sides.items()}
        self._known: dict[tuple[bool, int], int] = {}
        self._packed: dict[tuple[bool, bytes], int] = {}

    def allowed(self, half: Half) -> int:
        """Return the bits of those on the other side whom a coarse rule does not refuse."""
        mine = (half.sends, self._codes[half.sends][half.row])
        if mine not in self._known:
            refused = self._refused(half)
            key = (half.sends, refused.tobytes())
            if key not in self._packed:
                self._packed[key] = packed(~refused[self._sides[not half.sends].codes])
            self._known[mine] = self._packed[key]
        return self._known[mine]

    @cached_property
    def telling(self) -> bool:
        """Whether a coarse rule refuses anybody anything."""
        return bool(self._table.any())

    def refused(self, pairs: Roll) -> Flags:
        """Tell of many pairs whether the rule refuses each."""
        return self._requirement.refused(pairs)

    def refuses(self, half: Half, at: int) -> bool:
        """Tell whether the rule refuses `half` the one at a row on the other side."""
        mine, other = self._sides[half.sends].roll.pair(half.row), self._sides[not half.sends].roll.pair(at)
        return self._requirement.refuses(joined(mine, other) if half.sends else joined(other, mine))

    def alike(self, half: Half) -> bytes | int:
        """Return the same for halves that are alike to the rule."""
        return self._refused(half).tobytes() if self.coarse else int(self._sides[half.sends].codes[half.row])

    def _refused(self, half: Half) -> Flags:
        """Return which classes on the other side the rule refuses `half`."""
        code = self._sides[half.sends].codes[half.row]
        return self._table[code] if half.sends else self._table[:, code]

    @cached_property
    def _table(self) -> Flags:
        """Whether each class of teachers, a row, is refused each class of needs, a column."""
        people, posts = self._sides[True].first, self._sides[False].first
        every = Roll(self._sides[True].roll.book, np.repeat(people, len(posts)), np.tile(posts, len(people)))
        return self._requirement.refused(every).reshape(len(people), len(posts))


def _side(requirement: Requirement, roll: Roll, sides: frozenset[str]) -> Side:
    return Side(roll, *classes(len(roll), [roll.codes(*look) for look in requirement.looks(sides)]))


def _quick(clause: Clause) -> bool:
    """Tell whether a clause is answered for many pairs without asking each: one side alone, or a field so made."""
    return clause.sides <= SENDER or clause.sides <= RECEIVER or (
        len(clause.fields) == 1 and clause.field.column is not None and bool(clause.field.alike))
