"""Condition text, read afresh: clauses that answer yes, no or missing for a pair (Contract 2, Conditions)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from matching.audit.conditions import Clause, Criteria, Criterion, Right
from matching.audit.fields import Field, Fields
from matching.domain.findings import InputError, error
from matching.policy.conditions import Conditions

_QUOTED = r'"[^"]*"|\'[^\']*\'|“[^”]*”'
_PARTS = {mark: re.compile(rf"(?:{_QUOTED}|[^{re.escape(mark)}\"'“])+") for mark in ";|"}
_IS = re.compile(r"(?P<field>.+?)\s+is\s+(?P<op>given|empty)", re.IGNORECASE)
_SIGN = re.compile(r"(?P<field>[^<>=!\"'“]+?)\s*(?P<op><=|>=|!=|=|<|>)\s*(?P<right>.+)", re.DOTALL)
_IN = re.compile(r"(?P<field>[^\"'“]+?)\s+(?P<op>not\s+in|in)\s+(?P<right>.+)", re.IGNORECASE | re.DOTALL)


class Reader:
    """Reads the conditions of a policy's rules by the names in `fields`; the same text is always the same clause."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._clauses: dict[str, Clause] = {}

    def criteria(self, conditions: Conditions, rule: str) -> Criteria:
        """Return what any one of `conditions` says; InputError names `rule` where a text cannot be read."""
        return Criteria(tuple(self.criterion(c.text, rule) for c in conditions))

    def criterion(self, text: str, rule: str) -> Criterion:
        """Return what one condition says."""
        parts = _split(unicodedata.normalize("NFKC", text), ";")
        return Criterion(text, tuple(self._known(part, rule) for part in parts))

    def field(self, name: str, rule: str) -> Field:
        """Return the field called `name`."""
        found = self._fields.find(name)
        if found is None:
            raise InputError([_unreadable(rule, name, f"没有字段“{name}”", f"there is no field '{name}'")])
        return found

    def _known(self, text: str, rule: str) -> Clause:
        if text not in self._clauses:
            self._clauses[text] = self._clause(text, rule)
        return self._clauses[text]

    def _clause(self, text: str, rule: str) -> Clause:
        found = _IS.fullmatch(text) or _SIGN.fullmatch(text) or _IN.fullmatch(text)
        if found is None:
            raise InputError([_unreadable(rule, text, f"读不懂“{text}”", f"'{text}' is no clause")])
        field = self.field(found["field"], rule)
        op = " ".join(found["op"].lower().split())
        if op in ("given", "empty"):
            return Clause(text, field, op, ())
        if op in ("<", "<=", ">", ">=") and not field.form.ordered:
            raise InputError([_unreadable(rule, text, f"“{field.zh}”不分大小", f"'{field.name}' has no order")])
        words = _split(found["right"], "|") if op.endswith("in") else [found["right"].strip()]
        return Clause(text, field, op, tuple(self._right(field, word, rule) for word in words))

    def _right(self, left: Field, word: str, rule: str) -> Right:
        quoted = re.fullmatch(_QUOTED, word) is not None
        value = left.form.literal(word[1:-1] if quoted else word)
        named = not quoted and (left.form.bare or value is None)
        other = self._fields.find(word) if named else None
        if other is not None:
            return Right(word, other, partial(_members, other))
        if value is None:
            raise InputError([_unreadable(rule, word, f"“{word}”不是“{left.zh}”的值",
                                          f"'{word}' is no value of '{left.name}'")])
        return Right(word, None, _constant(value))


def _split(text: str, mark: str) -> list[str]:
    return [part for part in map(str.strip, _pieces(text, mark)) if part]


def _pieces(text: str, mark: str) -> Iterator[str]:
    return (found[0] for found in _PARTS[mark].finditer(text))


def _members(field: Field, pair: Any) -> Iterable[Any]:
    value = field.value(pair)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _constant(value: Any) -> Callable[[Any], Iterable[Any]]:
    members = (value,)
    return lambda pair: members


def _unreadable(rule: str, seen: str, zh: str, en: str) -> Any:
    return error("unreadable_condition", f"规则“{rule}”的条件读不懂：{zh}", f"rule '{rule}': {en}", value=seen)
