"""Whether a condition holds for one placement."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from matching.domain.sheets import NEEDS, SITES, TEACHERS, Column
from matching.domain.terms import BACKBONE
from matching.domain.vocabulary import fold
from matching.policy.conditions import Clause, Condition, Conditions, FieldRef, Value

Lookup = Callable[[str], Any]
"""Gives a field's value by its canonical name, as records hold it; None or an empty tuple where missing."""

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}
_LEVELS = ("backbone", "need.backbone_required")
_NO_WISH = 4
_SHEETS = {"need": NEEDS, "host": SITES, "home": SITES, "teacher": TEACHERS}


class Reader:
    """Reads conditions under a policy whose lowest backbone level is `backbone`."""

    def __init__(self, backbone: str) -> None:
        self._backbone = backbone

    def holds(self, conditions: Conditions, value: Lookup) -> bool:
        """Tell whether any condition holds; without any, they do. A clause on a missing value does not hold."""
        return not conditions or any(self._condition(c, value) for c in conditions)

    def _condition(self, condition: Condition, value: Lookup) -> bool:
        return all(self._clause(clause, value) for clause in condition.clauses)

    def _clause(self, clause: Clause, value: Lookup) -> bool:
        left = self._atoms(clause.field, value)
        if clause.op in ("is given", "is empty"):
            return bool(left) == (clause.op == "is given")
        wanted = {v for v in clause.values if isinstance(v, bool)}
        if clause.field in _LEVELS and wanted:
            return (self._counts(left) in wanted) == (clause.op in ("=", "in"))
        right = [atom for stated in clause.values for atom in self._right(clause.field, stated, value)]
        if not right:  # every right-hand field is empty: no limit was stated
            return True
        return bool(left) and _compare(clause.op, left, right)

    def _counts(self, level: tuple[Any, ...]) -> bool:
        return bool(level) and level[0] >= BACKBONE.rank(self._backbone)

    def _right(self, field: str, stated: Value, value: Lookup) -> tuple[Any, ...]:
        return self._atoms(stated.name, value) if isinstance(stated, FieldRef) else (_atom(field, stated),)

    def _atoms(self, field: str, value: Lookup) -> tuple[Any, ...]:
        """Return the field's members as things that compare; none where the value is missing."""
        raw = value(field)
        if field == "need.backbone_required":
            raw = {"no": None, "yes": self._backbone}.get(raw, raw)
        members = raw if isinstance(raw, tuple) else () if raw is None else (raw,)
        return tuple(_atom(field, member) for member in members)


def _compare(op: str, left: tuple[Any, ...], right: list[Any]) -> bool:
    if op in _ORDER:
        return any(_ORDER[op](member, right[0]) for member in left)
    return any(member in right for member in left) == (op in ("=", "in"))


def _atom(field: str, value: Any) -> Any:
    if field == "preference" and value == "none":
        return _NO_WISH
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float):
        return value if value == float("inf") else Fraction(repr(value))
    return _word(field, value) if isinstance(value, str) else value


def _word(field: str, text: str) -> int | str:
    column = _column(field)
    words = column.vocabulary if column else None
    return words.rank(text) if words and words.ordered and text in words else fold(text)


def _column(field: str) -> Column | None:
    prefix, dot, key = field.partition(".")
    sheet = _SHEETS[prefix if dot else "teacher"]
    return sheet.by_key.get(key if dot else field)
