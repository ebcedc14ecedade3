"""From the text of a condition to a `Condition`: the grammar of Contract 2, "Conditions"."""

from __future__ import annotations

import re
from typing import cast

from matching.domain.findings import InputError, error
from matching.domain.terms import VOCABULARIES
from matching.policy.conditions import Clause, Condition, FieldRef, Op
from matching.policy.faults import Fault, FaultError, refusal
from matching.policy.fields import ROWS, Field, lookup, nearest
from matching.policy.literals import Vocabularies, Written, literal, misspelt
from matching.policy.scan import Masked, mask

_GIVEN = re.compile(r"(?P<field>.*?) is (?P<op>given|empty)", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?P<field>.*?)(?: ?(?P<sign>[!<>=≠≤≥≦≧]+) ?| (?P<word>in|not in) )(?P<values>.*)", re.IGNORECASE)
_SIGNS = {"≠": "!=", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">="}
_MEANT = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "!": "!="}
_ORDER = ("<", "<=", ">", ">=")
_ORDERED_WORDS = ("title", "backbone", "preference")


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

    The condition's own text is `text` with plain punctuation: ASCII operators, texts in straight quotes, ``; `` between
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
        op = cast(Op, f"is {given['op'].lower()}")
        return Clause(_operand(given["field"], masked).name, op), f"{given['field']} {op}"
    match = _COMPARED.fullmatch(piece)
    if not match:
        raise refusal("bad_clause", masked.restore(piece), ("=", "!=", ">=", "<=", "in"))
    op = _operator(match)
    left = _operand(match["field"], masked)
    pieces = match["values"].split("|") if op in ("in", "not in") else [match["values"]]
    written = [_value(p.strip(), left, op, masked, vocabularies) for p in pieces]
    text = f"{match['field'].strip()} {op} {'|'.join(w.text for w in written)}"
    return Clause(left.name, op, tuple(w.value for w in written)), text


def _operator(match: re.Match[str]) -> Op:
    if match["word"]:
        return cast(Op, match["word"].lower())
    sign = "".join(_SIGNS.get(c, c) for c in match["sign"])
    if sign not in ("=", "!=", *_ORDER):
        suggest = (_MEANT[sign],) if sign in _MEANT else ("=", "!=", *_ORDER)
        raise refusal("unknown_operator", sign, suggest)
    return cast(Op, sign)


def _operand(name: str, masked: Masked) -> Field:
    shown = masked.restore(name).strip()
    found = field(shown)
    if found.side in ROWS:
        raise refusal("row_field", shown)
    return found


def _value(piece: str, left: Field, op: Op, masked: Masked, vocabularies: Vocabularies) -> Written:
    if not piece:
        raise refusal("missing_value", field=left.name, op=op)
    quoted = masked.content(piece)
    text = masked.restore(piece) if quoted is None else quoted
    found = literal(text, quoted is not None, left, vocabularies)
    if found is None and quoted is None and lookup(text):
        found = _field_value(text, left, masked)
    if found is None:
        raise misspelt(masked.restore(piece), left, vocabularies)
    _check_order(left, op, found)
    return found


def _field_value(piece: str, left: Field, masked: Masked) -> Written:
    right = _operand(piece, masked)
    if not _comparable(left, right):
        raise refusal("not_comparable", piece, field=left.name)
    return Written(FieldRef(right.name), piece)


def _comparable(left: Field, right: Field) -> bool:
    families = {"words": "word", "level": "word", "texts": "text"}
    same = families.get(left.kind, left.kind) == families.get(right.kind, right.kind)
    return same and left.vocabulary == right.vocabulary


def _check_order(left: Field, op: Op, right: Written) -> None:
    if left.kind == "level" and isinstance(right.value, bool) and op not in ("=", "!="):
        raise refusal("yes_no_operator", op, ("=", "!="), field=left.name)
    ordered = left.kind in ("number", "month", "level") or left.vocabulary in _ORDERED_WORDS
    many = left.many or (isinstance(right.value, FieldRef) and field(right.value.name).many)
    if op in _ORDER and (many or not ordered):
        raise refusal("no_order", op, ("=", "!=", "in", "not in"), field=left.name)
