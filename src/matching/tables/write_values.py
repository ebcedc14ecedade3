"""What a record's field looks like in a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from matching.domain.sheets import Column, Kind, Sheet
from matching.domain.terms import BACKBONE, YES_NO
from matching.domain.text import Lang
from matching.domain.vocabulary import Vocabulary

Cell = str | int | float | date | None
Show = Callable[[Any], Cell]


def heading(column: Column, lang: Lang) -> str:
    """Return the column's heading in `lang`."""
    return column.zh if lang == "zh" else column.key


def sheet_name(sheet: Sheet, lang: Lang) -> str:
    """Return the sheet's name in `lang`."""
    return sheet.zh if lang == "zh" else sheet.key


def word(vocabulary: Vocabulary, key: str, lang: Lang) -> str:
    """Return a vocabulary's word as people write it in `lang`."""
    return vocabulary.zh(key) if lang == "zh" else key


def month(value: date) -> str:
    """Return a year-month as the contract writes it, ``2026-09``."""
    return value.isoformat()[:7]


def shower(column: Column, vocabularies: Mapping[str, Vocabulary], lang: Lang) -> Show:
    """Return the function that turns values of `column` into cells; None, an empty list and a plain no are blank."""
    vocabulary = column.vocabulary and vocabularies.get(column.vocabulary.name, column.vocabulary)
    show = _SHOWERS.get(column.kind, _same)(column, vocabulary, lang)
    return lambda value: None if value is None or value == () else show(value)


def _same(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    return lambda value: value


def _month(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    return month


def _texts(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    return ("、" if lang == "zh" else ";").join


def _word(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    assert vocabulary is not None
    return lambda key: word(vocabulary, key, lang)


def _words(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    one, join = _word(column, vocabulary, lang), _texts(column, vocabulary, lang)
    return lambda keys: join(one(key) for key in keys)


def _yes_no(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    yes, no = (word(YES_NO, key, lang) for key in ("yes", "no"))
    return lambda value: yes if value else (None if column.default is False else no)


def _level(column: Column, vocabulary: Vocabulary | None, lang: Lang) -> Show:
    words = {key: word(BACKBONE, key, lang) for key in (t.key for t in BACKBONE.terms)}
    words["yes"] = word(YES_NO, "yes", lang)
    return lambda key: words.get(key)


_SHOWERS: Mapping[Kind, Callable[[Column, Vocabulary | None, Lang], Show]] = {
    Kind.MONTH: _month,
    Kind.TEXTS: _texts,
    Kind.WORD: _word,
    Kind.WORDS: _words,
    Kind.YES_NO: _yes_no,
    Kind.LEVEL: _level,
}
