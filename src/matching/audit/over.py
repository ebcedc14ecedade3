"""What conditions answer of many at once, each clause asked once of those alike in the fields that it names."""

from __future__ import annotations

from functools import reduce

import numpy as np
import numpy.typing as npt

from matching.audit.conditions import EQUALITY, NEGATED, Clause, Criteria, Criterion, Right, Verdict
from matching.audit.pair import Pair
from matching.audit.rolls import Roll
from matching.audit.values import Flags, Values, classes, coded

Verdicts = npt.NDArray[np.int8]
NO, MISSING, YES = VERDICTS = 0, 1, 2
"""So that every one holds as the least of them does, and some one as the greatest."""
NOBODY = Pair(None, None, None, None)
CODES: dict[Verdict, int] = {False: NO, None: MISSING, True: YES}


def holds(criteria: Criteria, roll: Roll) -> Flags:
    """Tell of each whether the answer is yes: as `when`, `count` and `of` are read, a missing value is no."""
    return np.asarray(verdicts(criteria, roll) == YES)


def verdicts(criteria: Criteria, roll: Roll) -> Verdicts:
    """Return the answer for each of a roll, as a code."""
    if not criteria.options:
        return _all_yes(roll)
    return reduce(np.maximum, (_criterion(option, roll) for option in criteria.options))


def _criterion(criterion: Criterion, roll: Roll) -> Verdicts:
    return reduce(np.minimum, (_clause(clause, roll) for clause in criterion.clauses), _all_yes(roll))


def _clause(clause: Clause, roll: Roll) -> Verdicts:
    """Return what a clause answers of each; one that speaks of teachers or of needs alone is asked of all of them."""
    told = roll.kept(clause, clause.sides, lambda some: Values(VERDICTS, _answer(clause, some).astype(np.int64)))
    return told.array(np.int8)


def _answer(clause: Clause, roll: Roll) -> Verdicts:
    left = roll.comparable(clause.field)
    if not clause.rights:
        given = clause.op == "given"
        return left.map(lambda value: CODES[(value is not None) == given]).array(np.int8)
    answers = [_right(clause, left, right, roll) for right in clause.rights]
    return reduce(np.minimum if clause.op == "not in" else np.maximum, answers)


def _right(clause: Clause, left: Values, right: Right, roll: Roll) -> Verdicts:
    """Return what one right-hand value says: yes where it is empty, missing where the left-hand one is."""
    if right.field is None:
        members = tuple(right.members(NOBODY))
        return left.map(lambda lefts: CODES[clause.verdict(lefts, members)]).array(np.int8)
    rights = roll.comparable(right.field)
    missing, empty = _missing(left), _missing(rights)
    answer = np.where(empty, YES, MISSING).astype(np.int8)
    if clause.op in EQUALITY and _single(left) and _single(rights):
        same = _same(left, rights) != (clause.op in NEGATED)
        return np.where(missing | empty, answer, np.where(same, YES, NO)).astype(np.int8)
    both = np.flatnonzero(~missing & ~empty)
    first, codes = classes(len(both), [left.codes[both], rights.codes[both]])
    at = both[first]
    told = [CODES[clause.verdict(left.values[one], rights.values[other])]
            for one, other in zip(left.codes[at].tolist(), rights.codes[at].tolist(), strict=True)]
    answer[both] = np.array(told, np.int8)[codes]
    return answer


def _missing(column: Values) -> Flags:
    there: Flags = np.fromiter(map(bool, column.values), np.bool_, len(column.values))
    return ~there[column.codes]


def _single(column: Values) -> bool:
    """Tell whether no value has more than one member."""
    return max(map(len, filter(None, column.values)), default=0) <= 1


def _same(one: Values, other: Values) -> Flags:
    """Tell of each whether its values in two columns are equal."""
    both = coded([*one.values, *other.values]).codes
    mine, theirs = both[:len(one.values)], both[len(one.values):]
    return np.asarray(mine[one.codes] == theirs[other.codes])


def _all_yes(roll: Roll) -> Verdicts:
    return np.full(len(roll), YES, np.int8)
