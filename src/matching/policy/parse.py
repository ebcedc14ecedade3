"""From the text of a condition to a `Condition`: the grammar of Contract 2, "Conditions"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, cast

from matching.domain.findings import InputError, error
from matching.domain.terms import VOCABULARIES, YES_NO
from matching.domain.vocabulary import Vocabulary
from matching.policy.conditions import Clause, Condition, FieldRef, Op, Value
from matching.policy.faults import Fault, FaultError, near_words, refusal
from matching.policy.fields import ROWS, Field, lookup, nearest
from matching.policy.scan import Masked, mask, quote
from matching.policy.words import DERIVED

Vocabularies = Mapping[str, Vocabulary]

_GIVEN = re.compile(r"(?P<field>.*?)\s+is\s+(?P<op>given|empty)", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?P<field>.*?)(?:\s*(?P<sign>[!<>=≠≤≥≦≧]+)\s*|\s+(?P<word>in|not\s+in)\s+)(?P<values>.*)", re.IGNORECASE)
_SIGNS = {"≠": "!=", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">="}
_MEANT = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "!": "!="}
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?%?")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:月|(?:[-/.]|月)\d{1,2}日?)?")
_ORDER = ("<", "<=", ">", ">=")


class _Word(NamedTuple):
    """A value, and how it is written in the condition's plain text."""

    value: Value
    text: str


def number(text: str) -> Fraction | None:
    """Return the exact number that `text` says (``0.2`` and ``20%`` are 1/5), or None."""
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def field(name: str) -> Field:
    """Return the field called `name`.

    Raises
    ------
    FaultError
        There is none; suggests the nearest.
    """
    found = lookup(name)
    if found is None:
        raise refusal("unknown_field", name, nearest(name))
    return found


def read_condition(text: str, vocabularies: Vocabularies = VOCABULARIES) -> tuple[Condition, tuple[Fault, ...]]:
    """Return the condition that `text` states and everything that is wrong with it.

    The condition's own text is `text` with plain punctuation: ASCII operators, straight quotes, ``; `` between
    clauses. Where there are faults, the clauses that could be read are returned.
    """
    try:
        masked = mask(text)
    except FaultError as refused:
        return Condition(text, ()), refused.faults
    clauses: list[Clause] = []
    texts: list[str] = []
    faults: list[Fault] = []
    for piece in filter(None, map(str.strip, masked.text.split(";"))):
        try:
            clause, plain_text = _clause(piece, masked, vocabularies)
        except FaultError as refused:
            faults.extend(refused.faults)
        else:
            clauses.append(clause)
            texts.append(plain_text)
    return Condition("; ".join(texts), tuple(clauses)), tuple(faults)


def condition(text: str, *, vocabularies: Vocabularies = VOCABULARIES) -> Condition:
    """Return the condition that `text` states.

    Raises
    ------
    InputError
        With one finding for each clause that cannot be read.
    """
    read, faults = read_condition(text, vocabularies)
    if faults:
        raise InputError(error(f.code, f.text.zh, f.text.en, value=f.value, suggest=f.suggest) for f in faults)
    return read


def _clause(piece: str, masked: Masked, vocabularies: Vocabularies) -> tuple[Clause, str]:
    given = _GIVEN.fullmatch(piece)
    if given:
        left = _left(given["field"])
        op = cast(Op, f"is {given['op'].lower()}")
        return Clause(left.name, op), f"{given['field']} {op}"
    match = _COMPARED.fullmatch(piece)
    if not match:
        raise refusal("bad_clause", masked.restore(piece), ("=", "!=", ">=", "<=", "in"))
    op = _operator(match)
    left = _left(match["field"])
    pieces = match["values"].split("|") if op in ("in", "not in") else [match["values"]]
    words = [_value(p.strip(), left, op, masked, vocabularies) for p in pieces]
    written = f"{match['field'].strip()} {op} {'|'.join(w.text for w in words)}"
    return Clause(left.name, op, tuple(w.value for w in words)), written


def _operator(match: re.Match[str]) -> Op:
    if match["word"]:
        return cast(Op, " ".join(match["word"].lower().split()))
    sign = "".join(_SIGNS.get(c, c) for c in match["sign"])
    if sign not in ("=", "!=", *_ORDER):
        suggest = (_MEANT[sign],) if sign in _MEANT else ("=", "!=", *_ORDER)
        raise refusal("unknown_operator", sign, suggest)
    return cast(Op, sign)


def _left(name: str) -> Field:
    found = field(name.strip())
    if found.side in ROWS:
        raise refusal("row_field", name)
    return found


def _value(piece: str, left: Field, op: Op, masked: Masked, vocabularies: Vocabularies) -> _Word:
    if not piece:
        raise refusal("missing_value", field=left.name, op=op)
    quoted = masked.content(piece)
    literal = _literal(piece if quoted is None else quoted, quoted is not None, left, op, vocabularies)
    if literal is not None:
        return literal
    if quoted is not None or lookup(piece) is None:
        raise _misspelt(masked.restore(piece), left, vocabularies)
    right = _left(piece)
    if not _comparable(left, right):
        raise refusal("not_comparable", piece, field=left.name)
    _check_order(left, op, right.many)
    return _Word(FieldRef(right.name), piece)


def _literal(text: str, quoted: bool, left: Field, op: Op, vocabularies: Vocabularies) -> _Word | None:
    """Read `text` as a value of the kind of `left`; None where it is none."""
    found: Value | None = None
    shown = text
    if left.kind in ("text", "texts"):
        found, shown = (text.strip(), quote(text)) if quoted else (None, text)
    elif left.kind == "number":
        found = None if quoted else number(text)
    elif left.kind == "month":
        found = shown = _month(text) or ""
    elif left.kind == "yes_no":
        found = _yes_no(text)
    else:
        found, shown = _word(text, left, op, vocabularies)
    if found is None or shown == "":
        return None
    _check_order(left, op, False)
    return _Word(found, shown)


def _word(text: str, left: Field, op: Op, vocabularies: Vocabularies) -> tuple[Value | None, str]:
    key = _vocabulary(left, vocabularies).lookup(text)
    if key is not None:
        return key, key if left.vocabulary in DERIVED else text
    yes = _yes_no(text) if left.kind == "level" else None
    if yes is not None and op not in ("=", "!="):
        raise refusal("yes_no_operator", text, ("=", "!="), field=left.name)
    return yes, text


def _vocabulary(left: Field, vocabularies: Vocabularies) -> Vocabulary:
    name = left.vocabulary or ""
    return vocabularies.get(name) or DERIVED.get(name) or VOCABULARIES[name]


def _yes_no(text: str) -> bool | None:
    key = YES_NO.lookup(text)
    return None if key is None else key == "yes"


def _month(text: str) -> str | None:
    match = _MONTH.fullmatch(text)
    valid = match and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1
    return f"{match[1]}-{int(match[2]):02}" if match and valid else None


def _comparable(left: Field, right: Field) -> bool:
    families = {"words": "word", "level": "word", "texts": "text"}
    same = families.get(left.kind, left.kind) == families.get(right.kind, right.kind)
    return same and left.vocabulary == right.vocabulary


def _check_order(left: Field, op: Op, right_many: bool) -> None:
    if op not in _ORDER:
        return
    ordered = left.kind in ("number", "month", "level") or left.vocabulary in ("title", "backbone", "preference")
    if not ordered or left.many or right_many:
        raise refusal("no_order", op, ("=", "!=", "in", "not in"), field=left.name)


def _misspelt(shown: str, left: Field, vocabularies: Vocabularies) -> FaultError:
    suggest = nearest(shown) if "." in shown else ()
    if left.vocabulary:
        suggest = (*near_words(shown, _vocabulary(left, vocabularies)), *suggest)
    elif left.kind in ("text", "texts"):
        suggest = (quote(shown.replace('"', "")), *suggest)
    elif left.kind == "yes_no":
        suggest = ("yes", "no")
    zh, en = _EXPECTED[left.kind]
    return refusal("bad_value", shown, suggest[:4], field=left.name, zh=zh, en=en)


_EXPECTED: Mapping[str, tuple[str, str]] = {
    "number": ("数字（如 45、0.2、20%）或数字字段", "a number (45, 0.2, 20%) or a numeric field"),
    "yes_no": ("是或否", "yes or no"),
    "word": ("词表中的词或同类字段", "a word of its list or a field of the same kind"),
    "words": ("词表中的词或同类字段", "a word of its list or a field of the same kind"),
    "level": ("骨干级别，或是/否", "a backbone level, or yes or no"),
    "text": ("加引号的文字或文字字段", "quoted text or a text field"),
    "texts": ("加引号的文字或文字字段", "quoted text or a text field"),
    "month": ("年月（如 2026-09）或年月字段", "a month (2026-09) or a month field"),
}
