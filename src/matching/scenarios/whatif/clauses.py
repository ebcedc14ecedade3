"""Numbers that stand in a rule's conditions, such as the 60 of ``km <= 60``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from matching.policy.conditions import Clause, Condition, Conditions, FieldRef
from matching.policy.model import Rule
from matching.policy.scan import mask
from matching.scenarios.whatif.values import Value, shown

KEYS = ("that", "when", "count")


class Number(NamedTuple):
    """Where a number stands: in which of the rule's fields, the how manyth condition, the how manyth clause."""

    key: str
    condition: int
    clause: int
    field: str
    op: str
    value: Fraction | None
    beside: str | None = None


def numbers_in(rule: Rule) -> tuple[Number, ...]:
    """Return every comparison with a number, or with another numeric field (`beside`), in the rule's conditions."""
    return tuple(number for key in KEYS for number in _in(key, getattr(rule, key, ())))


def put(rule: Rule, number: Number, value: Value) -> dict[str, object]:
    """Return the rule's field with another number in that place."""
    conditions = list(getattr(rule, number.key))
    old = conditions[number.condition]
    pieces = _pieces(old)
    pieces[number.clause] = f"{number.field} {number.op} {shown(value)}"
    texts = [c.text for c in conditions]
    texts[number.condition] = "; ".join(pieces)
    return {number.key: texts}


def _in(key: str, conditions: Conditions) -> Iterator[Number]:
    for at, condition in enumerate(conditions):
        for k, clause in enumerate(condition.clauses):
            if len(clause.values) == 1 and clause.op not in ("in", "not in"):
                yield from _number(key, at, k, clause)


def _number(key: str, at: int, k: int, clause: Clause) -> Iterator[Number]:
    value = clause.values[0]
    if isinstance(value, Fraction):
        yield Number(key, at, k, clause.field, clause.op, value)
    elif isinstance(value, FieldRef) and clause.op in ("<", "<=", ">", ">="):
        yield Number(key, at, k, clause.field, clause.op, None, value.name)


def _pieces(condition: Condition) -> list[str]:
    masked = mask(condition.text)
    return [masked.restore(piece.strip()) for piece in masked.text.split(";") if piece.strip()]
