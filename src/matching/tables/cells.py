"""What a column's raw values mean, each distinct one read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from matching.domain.sheets import Column, Kind
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.tables import cells_dates, cells_numbers, cells_words
from matching.tables.cells_faults import Problem, Strange
from matching.tables.cells_words import Words
from matching.tables.grid import Odd, is_blank, text_of

Parser = Callable[[object, Column, Words], object]
_LISTS = frozenset({Kind.TEXTS, Kind.WORDS})
_MOST_SUGGESTED = 100
"""Beyond so many wrong values in one column (a column shifted by one) nothing is suggested: looking would take long."""
_EMPTY = Problem("error", "empty_required", Text("必填，不能为空", "required, and empty"))
_NOT_A_CELL = Problem("error", "bad_value", Text("这里只能是一个值", "this must be a single value"))


class Parsed(NamedTuple):
    """A column's values, and what is wrong with which raw values; where something is wrong the default stands."""

    raw: Sequence[object]
    values: list[object]
    problems: Mapping[object, Problem]


class _Reader(dict[object, object]):
    """Raw values to parsed ones."""

    def __init__(self, column: Column, vocabularies: Mapping[str, Vocabulary]) -> None:
        super().__init__()
        self._column = column
        self._parse = _PARSERS[column.kind]
        self._words = Words(vocabularies, suggest=True)
        self.problems: dict[object, Problem] = {}

    def __missing__(self, raw: object) -> object:
        value = None if is_blank(raw) else self._value(raw)
        if value is None or value == ():
            value = self._column.default
            if self._column.required:
                self.problems.setdefault(raw, _EMPTY)
        self[raw] = value
        return value

    def _value(self, raw: object) -> object:
        try:
            if isinstance(raw, tuple) and (isinstance(raw, Odd) or self._column.kind not in _LISTS):
                raise Strange(_NOT_A_CELL)
            return self._parse(raw, self._column, self._words)
        except Strange as strange:
            self.problems[raw] = strange.problem
            if len(self.problems) >= _MOST_SUGGESTED:
                self._words = self._words._replace(suggest=False)
            return strange.value


def parse(column: Column, raw: Sequence[object], vocabularies: Mapping[str, Vocabulary]) -> Parsed:
    """Read a column."""
    if column.kind is Kind.TEXT and column.digits is None and set(map(type, raw)) == {str}:
        return _texts(column, raw)  # type: ignore[arg-type]
    reader = _Reader(column, vocabularies)
    values = list(map(reader.__getitem__, raw))
    if (0 in reader or 1 in reader) and bool in set(map(type, raw)):  # True was looked up as 1, or 1 as True
        return parse(column, [text_of(value) if isinstance(value, bool) else value for value in raw], vocabularies)
    return Parsed(raw, values, reader.problems)


def _texts(column: Column, raw: Sequence[str]) -> Parsed:
    """Read a column of nothing but text, such as names, where a look-up would cost more than it saves."""
    values: list[object] = list(map(str.strip, raw))
    if "" not in values:
        return Parsed(raw, values, {})
    problems: dict[object, Problem] = {blank: _EMPTY for blank in set(raw) if column.required and not blank.strip()}
    return Parsed(raw, [value or column.default for value in values], problems)


_PARSERS: Mapping[Kind, Parser] = {
    Kind.TEXT: cells_words.text,
    Kind.TEXTS: cells_words.texts,
    Kind.WORD: cells_words.word,
    Kind.WORDS: cells_words.words,
    Kind.YES_NO: cells_words.yes_no,
    Kind.LEVEL: cells_words.level,
    Kind.INTEGER: cells_numbers.integer,
    Kind.DECIMAL: cells_numbers.decimal,
    Kind.SHARE: cells_numbers.share,
    Kind.MONTH: cells_dates.month,
    Kind.DATE: cells_dates.day,
}
