"""What conditions answer: yes, no, or None where a left-hand value is missing (Contract 2, Missing values)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from matching.audit.fields import Field
from matching.audit.forms import AtLevel
from matching.audit.pair import Pair

Verdict = bool | None
EQUALITY = frozenset({"=", "!=", "in", "not in"})
NEGATED = frozenset({"!=", "not in"})


@dataclass(frozen=True)
class Right:
    """One right-hand value: `members` returns what it stands for, nothing where it is an empty field."""

    text: str
    field: Field | None
    members: Callable[[Pair], Iterable[Any]]


@dataclass(frozen=True, eq=False)
class Clause:
    """``FIELD OP VALUE``, with `op` as written and ``given`` or ``empty`` for the two that take no value.

    Clauses are told apart by identity, so that answers can be kept by clause.
    """

    text: str
    field: Field
    op: str
    rights: tuple[Right, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field that the clause names."""
        return (self.field, *(right.field for right in self.rights if right.field is not None))

    @cached_property
    def sides(self) -> frozenset[str]:
        """Which of teacher, home, need and host the clause speaks of."""
        return frozenset().union(*(field.sides for field in self.fields))

    def __call__(self, pair: Pair) -> Verdict:
        left = self.field.value(pair)
        if not self.rights:
            return (left is not None) == (self.op == "given")
        lefts = None if left is None else listed(left)
        verdicts = [self.verdict(lefts, tuple(right.members(pair))) for right in self.rights]
        return every(verdicts) if self.op == "not in" else some(verdicts)

    def verdict(self, lefts: tuple[Any, ...] | None, rights: tuple[Any, ...]) -> Verdict:
        """Return what one right-hand value of these members says of a left-hand one; None where that is missing."""
        if not rights:
            return True
        if lefts is None:
            return None
        matches = _MATCHES[self.op]
        hit = any(matches(left, right) for left in lefts for right in rights)
        return hit != (self.op in NEGATED)


@dataclass(frozen=True)
class Criterion:
    """One condition: clauses that all hold; none: always true."""

    text: str
    clauses: tuple[Clause, ...]

    def __call__(self, pair: Pair) -> Verdict:
        verdict: Verdict = True
        for clause in self.clauses:
            found = clause(pair)
            if found is False:
                return False
            verdict = verdict if found else None
        return verdict


@dataclass(frozen=True)
class Criteria:
    """Conditions any one of which suffices; none: always true.

    Answers are kept by the values of the fields used, so that alike pairs are asked once.
    """

    options: tuple[Criterion, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of every condition."""
        return tuple(clause for option in self.options for clause in option.clauses)

    @cached_property
    def uses(self) -> tuple[str, ...]:
        """The attributes of a pair that the answer depends on, in order."""
        return tuple(sorted({path for clause in self.clauses for field in clause.fields for path in field.uses}))

    @cached_property
    def _key(self) -> Callable[[Pair], Any]:
        return attrgetter(*self.uses) if self.uses else lambda pair: None

    @cached_property
    def _known(self) -> dict[Any, Verdict]:
        return {}

    def __call__(self, pair: Pair) -> Verdict:
        if not self.options:
            return True
        key = self._key(pair)
        if key not in self._known:
            self._known[key] = some(option(pair) for option in self.options)
        return self._known[key]

    def hold(self, pair: Pair) -> bool:
        """Tell whether the answer is yes: as `when`, `count` and `of` are read, a missing value is no."""
        return self(pair) is True

    def only(self, sides: frozenset[str]) -> Criteria:
        """Return what is left when clauses that speak of anything but `sides` are dropped (reading 17)."""
        return Criteria(tuple(Criterion(o.text, tuple(c for c in o.clauses if c.sides <= sides)) for o in self.options))


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Return no if any is no, else missing if any is missing."""
    found = set(verdicts)
    return False if False in found else None if None in found else True


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Return yes if any is yes, else missing if any is missing."""
    found = set(verdicts)
    return True if True in found else None if None in found else False


def listed(value: Any) -> tuple[Any, ...]:
    """Return the members of a value, which is its own where it is no list."""
    return value if type(value) is tuple else (value,)


def _same(left: Any, right: Any) -> bool:
    if isinstance(right, AtLevel):
        return bool((left >= right.rank) == right.met)
    return bool(left == right)


def _ordered(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], bool]:
    def matches(left: Any, right: Any) -> bool:
        return bool(compare(left, right.rank if isinstance(right, AtLevel) else right))
    return matches


_MATCHES: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": _same, "!=": _same, "in": _same, "not in": _same,
    "<": _ordered(operator.lt), "<=": _ordered(operator.le), ">": _ordered(operator.gt), ">=": _ordered(operator.ge),
}
