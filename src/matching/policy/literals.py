"""What the values of a condition stand for: numbers, words, months, yes and no, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from matching.domain.terms import VOCABULARIES, YES_NO
from matching.domain.vocabulary import Vocabulary
from matching.policy.conditions import Value
from matching.policy.faults import FaultError, near_words, refusal
from matching.policy.fields import Field, lookup, nearest, resembles
from matching.policy.scan import quote
from matching.policy.words import DERIVED

Vocabularies = Mapping[str, Vocabulary]

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?%?", re.ASCII)
_BARE = re.compile(r"[^\s\"'|<>=!]+")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:月|(?:[-/.]|月)\d{1,2}日?)?", re.ASCII)
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "number": ("数字（如 45、0.2、20%）或数字字段", "a number (45, 0.2, 20%) or a numeric field"),
    "yes_no": ("是或否", "yes or no"),
    "word": ("词表中的词或同类字段", "a word of its list or a field of the same kind"),
    "words": ("词表中的词或同类字段", "a word of its list or a field of the same kind"),
    "level": ("骨干级别，或是、否", "a backbone level, or yes or no"),
    "text": ("加引号的文字或文字字段", "quoted text or a text field"),
    "texts": ("加引号的文字或文字字段", "quoted text or a text field"),
    "month": ("年月（如 2026-09）或年月字段", "a month (2026-09) or a month field"),
}


class Written(NamedTuple):
    """A value, and how it is written in a condition's plain text."""

    value: Value
    text: str


def number(text: str) -> Fraction | None:
    """Return the exact number that `text` says (``0.2`` and ``20%`` are 1/5), or None."""
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def decimal(exact: Fraction) -> str:
    """Return the shortest decimal text of `exact`, or ``9/47`` where there is none."""
    if exact.denominator == 1:
        return str(exact.numerator)
    places = next((n for n in range(1, 80) if 10**n % exact.denominator == 0), None)
    if places is None:
        return str(exact)
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).rjust(places + 1, "0")
    return f"{'-' if exact < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def literal(text: str, quoted: bool, field: Field, vocabularies: Vocabularies) -> Written | None:
    """Return the value of `field` that `text` stands for, or None where it is none.

    One unquoted word is a text where it is no field and not spelt like one; yes and no beside a backbone level are
    True and False.
    """
    if field.kind in ("text", "texts"):
        bare = _BARE.fullmatch(text) and lookup(text) is None and not resembles(text)
        return Written(text.strip(), quote(text)) if quoted or bare else None
    if field.kind == "number":
        return None if quoted else _number(text, field)
    if field.kind == "month":
        month = _month(text)
        return Written(month, month) if month else None
    key = _vocabulary(field, vocabularies).lookup(text) if field.vocabulary else None
    if key is not None:
        return Written(key, key if field.vocabulary in DERIVED else text)
    yes = YES_NO.lookup(text) if field.kind in ("yes_no", "level") else None
    return None if yes is None else Written(yes == "yes", text)


def misspelt(shown: str, field: Field, vocabularies: Vocabularies) -> FaultError:
    """Return the refusal of a text that is neither a value of `field` nor a field; suggests the nearest."""
    suggest = nearest(shown) if resembles(shown) else ()
    if field.vocabulary:
        suggest = (*near_words(shown, _vocabulary(field, vocabularies)), *suggest)
    elif field.kind in ("text", "texts"):
        suggest = (*suggest, quote(shown.replace('"', "")))
    elif field.kind == "yes_no":
        suggest = ("yes", "no")
    zh, en = _EXPECTED[field.kind]
    return refusal("bad_value", shown, suggest[:4], field=field.name, zh=zh, en=en)


def _vocabulary(field: Field, vocabularies: Vocabularies) -> Vocabulary:
    name = field.vocabulary or ""
    return vocabularies.get(name) or DERIVED.get(name) or VOCABULARIES[name]


def _number(text: str, field: Field) -> Written | None:
    if field.vocabulary:
        key = DERIVED[field.vocabulary].lookup(text)
        return Written(Fraction(key) if key.isdecimal() else key, key) if key else None
    found = number(text)
    if found is None:
        return None
    return Written(found, decimal(found) if text.endswith("%") else text)


def _month(text: str) -> str | None:
    match = _MONTH.fullmatch(text)
    valid = match is not None and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1
    return f"{match[1]}-{int(match[2]):02}" if match and valid else None
