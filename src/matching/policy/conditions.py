"""A condition as data; `matching.policy.parse` reads its text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Op = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in", "is given", "is empty"]


@dataclass(frozen=True)
class FieldRef:
    """Another field on the right-hand side, by its canonical name."""

    name: str


Value = Fraction | bool | str | FieldRef
"""A number, yes/no, a key of the vocabulary or quoted text, or a field."""


@dataclass(frozen=True)
class Clause:
    """``FIELD OP VALUE``; `field` is a canonical name of `matching.policy.fields`.

    `values` is empty for ``is given`` and ``is empty``, one value for comparisons, one or more for ``in``.
    Words are resolved to keys of the field's vocabulary; months to ``"2026-09"``.
    """

    field: str
    op: Op
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Clauses that all hold; none: always true.

    `text` is as written, its punctuation made plain: NFKC, ASCII operators, texts in straight quotes.
    """

    text: str
    clauses: tuple[Clause, ...]


Conditions = tuple[Condition, ...]
"""Any one suffices; the empty tuple always holds."""
