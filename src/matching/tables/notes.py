"""What each heading's note says: the meaning, then what is accepted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from matching.domain.sheets import Column, Kind, Ref, Sheet
from matching.domain.text import Lang, Text
from matching.tables.write_values import word

Meanings = Mapping[str, Mapping[str, Text]]

_TYPES: Mapping[Kind, Text] = {
    Kind.INTEGER: Text("填整数", "A whole number"),
    Kind.DECIMAL: Text("填数字", "A number"),
    Kind.MONTH: Text("填年月，如 2026-09", "A year and month, such as 2026-09"),
    Kind.DATE: Text("填日期，如 2026-09-01", "A date, such as 2026-09-01"),
    Kind.YES_NO: Text("填“是”或“否”", "Yes or no"),
    Kind.LEVEL: Text("填“是”“否”或骨干级别", "Yes, no or a backbone level"),
}
_MANY = Text("多个之间用顿号、逗号或分号隔开", "Several are separated by commas or semicolons")
_REQUIRED = Text("必填", "Required")
_KNOWN = frozenset({Ref.SITE, Ref.NEED, Ref.TEACHER, Ref.PLACE, Ref.STOP, Ref.POST})
_EXISTS = Text("须是其他表里已有的", "It must be listed on its own sheet")
MOST_WORDS = 12


def meanings() -> Meanings:
    """Return what each column of each sheet means, by the keys of both."""
    text = files("matching.tables").joinpath("notes.toml").read_text(encoding="utf-8")
    return {sheet: {key: Text(*words) for key, words in rows.items()} for sheet, rows in tomllib.loads(text).items()}


def note(sheet: Sheet, column: Column, lang: Lang, known: Meanings) -> str:
    """Return the note on one heading in `lang`."""
    stop = "。" if lang == "zh" else "."
    return "\n".join([known[sheet.key][column.key].get(lang), *(line + stop for line in _accepted(column, lang))])


def _accepted(column: Column, lang: Lang) -> Iterator[str]:
    if column.required:
        yield _REQUIRED.get(lang)
    if column.kind in _TYPES:
        yield _TYPES[column.kind].get(lang) + _range(column, lang)
    if column.vocabulary is not None and column.kind is not Kind.LEVEL:
        yield _words(column, lang)
    if column.kind in (Kind.WORDS, Kind.TEXTS):
        yield _MANY.get(lang)
    if column.ref in _KNOWN:
        yield _EXISTS.get(lang)
    if default := _default(column, lang):
        yield f"不填按“{default}”" if lang == "zh" else f"Empty means {default}"


def _range(column: Column, lang: Lang) -> str:
    low, high = (None if bound is None else f"{bound:g}" for bound in (column.minimum, column.maximum))
    if column.minimum is not None and column.minimum <= -1000:
        return ""
    if high is not None:
        return f"，{low} 到 {high}" if lang == "zh" else f", {low} to {high}"
    if low is None:
        return ""
    return f"，不小于 {low}" if lang == "zh" else f", at least {low}"


def _words(column: Column, lang: Lang) -> str:
    assert column.vocabulary is not None
    words = [word(column.vocabulary, term.key, lang) for term in column.vocabulary.terms]
    first, more = words[:MOST_WORDS], len(words) > MOST_WORDS
    if lang == "zh":
        return "可填：" + "、".join(first) + ("等" if more else "")
    return "One of " + ", ".join(first) + (" and others" if more else "")


def _default(column: Column, lang: Lang) -> str:
    value = column.default
    if column.vocabulary is not None and value and column.kind is not Kind.LEVEL:
        keys = value if isinstance(value, tuple) else (value,)
        return word(column.vocabulary, str(keys[0]), lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return ""
