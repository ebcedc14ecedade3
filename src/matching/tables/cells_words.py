"""Text, words of a vocabulary, lists and yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matching.domain.sheets import Column
from matching.domain.terms import YES_NO
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.tables.cells_faults import wrong
from matching.tables.grid import text_of

_SEPARATORS = str.maketrans(dict.fromkeys("；,，、﹔﹐︔︐", ";"))
_FEW = 8
"""A vocabulary of at most so many words is shown whole where none is near."""


class Words(NamedTuple):
    """The vocabularies in force, and whether to look for words near to those that are not in them."""

    vocabularies: Mapping[str, Vocabulary]
    suggest: bool


def text(raw: object, column: Column, _: Words) -> str:
    """Read text, or a code of a fixed number of digits."""
    value = text_of(raw)
    if column.digits is None:
        return value
    value = unicodedata.normalize("NFKC", value)
    if not re.fullmatch(rf"\d{{{column.digits}}}", value, re.ASCII):
        raise wrong(f"bad_{column.key}", f"应为 {column.digits} 位数字", f"must be {column.digits} digits")
    return value


def texts(raw: object, column: Column, _: Words) -> tuple[str, ...]:
    """Read a list of texts."""
    return tuple(_members(raw))


def word(raw: object, column: Column, known: Words) -> str:
    """Read a word of the column's vocabulary, as its key."""
    return _key(text_of(raw), _vocabulary(column, known), known.suggest)


def words(raw: object, column: Column, known: Words) -> tuple[str, ...]:
    """Read a list of words, as their keys."""
    vocabulary = _vocabulary(column, known)
    return tuple(_key(member, vocabulary, known.suggest) for member in _members(raw))


def yes_no(raw: object, column: Column, known: Words) -> bool:
    """Read yes or no."""
    return _key(text_of(raw), YES_NO, known.suggest) == "yes"


def level(raw: object, column: Column, known: Words) -> str:
    """Read yes, no or a word of the column's vocabulary."""
    value = text_of(raw)
    return YES_NO.lookup(value) or _key(value, _vocabulary(column, known), known.suggest)


def split(value: str) -> list[str]:
    """Split a list at any of its separators, leaving out what is empty."""
    return [member for part in value.translate(_SEPARATORS).split(";") if (member := part.strip())]


def _members(raw: object) -> Iterable[str]:
    return split(";".join(map(text_of, raw)) if isinstance(raw, tuple) else text_of(raw))


def _vocabulary(column: Column, known: Words) -> Vocabulary:
    assert column.vocabulary is not None
    return known.vocabularies.get(column.vocabulary.name, column.vocabulary)


def _key(value: str, vocabulary: Vocabulary, suggest: bool) -> str:
    key = vocabulary.lookup(value)
    if key is not None:
        return key
    near = vocabulary.nearest(value) if suggest else ()
    if not near and len(vocabulary.terms) <= _FEW:
        near = tuple(term.zh for term in vocabulary.terms)
    hint = _hint(vocabulary, near)
    raise wrong(f"unknown_{vocabulary.name}", f"不认识“{value}”{hint.zh}", f"unknown word {value!r}{hint.en}", near)


def _hint(vocabulary: Vocabulary, near: tuple[str, ...]) -> Text:
    """Say what would be right; subjects are the one vocabulary to which a workbook may add."""
    if near:
        return Text("；可以填：" + "、".join(near), "; perhaps " + ", ".join(near))
    if vocabulary.name == "subject":
        return Text("；若是新学科，请加到字典表", "; if it is a new subject, add it to the sheet dictionary")
    return Text("", "")
