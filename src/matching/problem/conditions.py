"""Conditions over many pairs at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.policy.conditions import Clause, Condition, Conditions, FieldRef, Value
from matching.problem.classes import Index
from matching.problem.columns import Floats, Values
from matching.problem.fields import Fields, side

Bools = npt.NDArray[np.bool_]


class Pairs(NamedTuple):
    """Pairs as two index arrays of equal length."""

    teacher: Index
    need: Index


def holds(conditions: Conditions, fields: Fields, pairs: Pairs, missing: bool = False) -> Bools:
    """Tell for each pair whether any of `conditions` holds; without any, all do.

    Parameters
    ----------
    missing : what a clause means whose left-hand value is missing.
    """
    if not conditions:
        return np.ones(len(pairs.teacher), np.bool_)
    return _any([_condition(c, fields, pairs, missing) for c in conditions])


def _any(masks: list[Bools]) -> Bools:
    result: Bools = np.logical_or.reduce(masks)
    return result


def restricted(conditions: Conditions, *sides: str) -> Conditions:
    """Return `conditions` with only the clauses whose fields all live on `sides`."""
    return tuple(Condition(c.text, tuple(k for k in c.clauses if clause_sides(k) <= set(sides))) for c in conditions)


def clause_sides(clause: Clause) -> set[str]:
    """Return the sides on which the clause's fields live."""
    return {side(name) for name in clause_fields(clause)}


def clause_fields(clause: Clause) -> tuple[str, ...]:
    """Return the names of all fields that the clause speaks of."""
    return (clause.field, *(v.name for v in clause.values if isinstance(v, FieldRef)))


def condition_fields(conditions: Conditions) -> frozenset[str]:
    """Return the names of all fields that the conditions speak of."""
    return frozenset(name for c in conditions for clause in c.clauses for name in clause_fields(clause))


def _condition(condition: Condition, fields: Fields, pairs: Pairs, missing: bool) -> Bools:
    result = np.ones(len(pairs.teacher), np.bool_)
    for clause in condition.clauses:
        result &= _on_one_side(clause, fields, pairs, missing)
    return result


def _on_one_side(clause: Clause, fields: Fields, pairs: Pairs, missing: bool) -> Bools:
    """Work a clause out; over teachers, or needs, alone where it speaks of no others and they are fewer than pairs."""
    for at, name, n in ((0, "teacher", len(fields.instance.teachers)), (1, "need", len(fields.instance.needs))):
        if n < len(pairs.teacher) and clause_sides(clause) == {name}:
            return _clause(clause, fields, Pairs(np.arange(n), np.arange(n)), missing)[pairs[at]]
    return _clause(clause, fields, pairs, missing)


def _clause(clause: Clause, fields: Fields, pairs: Pairs, missing: bool) -> Bools:
    left = fields.on_pairs(clause.field, *pairs)
    unknown = _missing(left.array)
    if clause.op == "is empty":
        return unknown
    if clause.op == "is given":
        return ~unknown
    if clause.field in ("backbone", "need.backbone_required"):
        yes_no = [v for v in clause.values if isinstance(v, bool)]
        if yes_no:
            return np.where(unknown, missing, _level_is(left.array, clause, fields))
    rights = [_right(v, left, fields, pairs) for v in clause.values]
    compared = _compare(left.array, clause.op, rights)
    return _unstated(clause, rights, len(unknown)) | np.where(unknown, missing, compared)


def _level_is(ranks: Floats, clause: Clause, fields: Fields) -> Bools:
    at = fields.backbone_rank
    wanted = {v for v in clause.values if isinstance(v, bool)}
    among = np.isin(ranks >= at, list(wanted))
    return ~among if clause.op in ("!=", "not in") else among


def _right(value: Value, left: Values, fields: Fields, pairs: Pairs) -> Floats:
    """Return a right-hand value as (pairs or 1, members)."""
    if not isinstance(value, FieldRef):
        return np.array([[left.encode(value)]])
    array = fields.on_pairs(value.name, *pairs).array
    return array[:, None] if array.ndim == 1 else array


def _missing(array: Floats) -> Bools:
    unknown: Bools = np.isnan(array)
    return unknown if array.ndim == 1 else np.logical_and.reduce(unknown, axis=1)


def _unstated(clause: Clause, rights: list[Floats], n: int) -> Bools:
    """Tell where no limit was stated: an empty right-hand field; of several under ``not in``, every one."""
    empty = [_missing(r) if isinstance(v, FieldRef) else np.zeros(n, np.bool_)
             for v, r in zip(clause.values, rights, strict=True)]
    unstated: Bools = np.logical_and.reduce(empty) if clause.op == "not in" else np.logical_or.reduce(empty)
    return unstated


def _compare(left: Floats, op: str, rights: list[Floats]) -> Bools:
    members = left[:, None] if left.ndim == 1 else left
    if op in ("=", "!=", "in", "not in"):
        equal = _any([a == b for r in rights for a in members.T for b in r.T])
        return ~equal if op in ("!=", "not in") else equal
    compare: dict[str, Any] = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
    return _any([compare[op](a, b) for a in members.T for b in rights[0].T])
