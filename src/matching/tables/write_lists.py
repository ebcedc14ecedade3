"""Drop-downs: the words of each vocabulary on a hidden sheet, under defined names.

A list written into the cell's own rule is silently dropped where it is longer than 255 characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matching.domain.sheets import BY_KEY, Column, Kind, Ref, Sheet
from matching.domain.terms import BACKBONE, YES_NO
from matching.domain.text import Lang
from matching.domain.vocabulary import Vocabulary
from matching.tables.write_values import sheet_name, word

LISTS_SHEET = "_lists"
REFERENCED = {Ref.SITE: "sites", Ref.WISH_SITE: "sites", Ref.NEED: "needs", Ref.WISH_NEED: "needs", Ref.POST: "needs",
              Ref.TEACHER: "teachers"}
"""The sheet whose ids a reference is chosen from."""
_NOT_LISTED = {"zh": "列表中没有这个值。仍要使用吗？", "en": "The list does not have this. Keep it?"}
MANY = frozenset({Kind.WORDS, Kind.TEXTS})


def add_lists(book: Any, sheets: Sequence[Sheet], vocabularies: Mapping[str, Vocabulary], lang: Lang) -> None:
    """Write every list that the columns of `sheets` offer to a hidden sheet of `book`, each with a name."""
    page = book.add_worksheet(LISTS_SHEET)
    page.hide()
    columns = [column for sheet in sheets for column in sheet.columns]
    lists = {name: words for c in columns if (name := _list_name(c)) and (words := _words(c, vocabularies, lang))}
    for at, (name, words) in enumerate(lists.items()):
        page.write_column(0, at, words)
        letter = chr(ord("A") + at)
        book.define_name(name, f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(words)}")


def choices(column: Column, present: Sequence[Sheet], last_row: int, lang: Lang) -> dict[str, Any] | None:
    """Return the drop-down of `column` for XlsxWriter, or None.

    Aliases stay lawful, so another value only warns; where several may be given, or a wish may name more than
    the list offers, it is not even that.
    """
    source = _source(column, present, last_row, lang)
    if source is None:
        return None
    free = column.kind in MANY or column.ref is not None
    return {"validate": "list", "source": source, "show_error": not free, "error_type": "warning",
            "error_title": "不在列表中" if lang == "zh" else "Not in the list",
            "error_message": _NOT_LISTED[lang]}


def _source(column: Column, present: Sequence[Sheet], last_row: int, lang: Lang) -> str | None:
    name = _list_name(column)
    if name is not None:
        return f"={name}"
    sheet = BY_KEY[REFERENCED[column.ref]] if column.ref in REFERENCED else None
    if sheet is None or sheet not in present:
        return None
    return f"='{sheet_name(sheet, lang)}'!$A$2:$A${last_row}"


def _list_name(column: Column) -> str | None:
    if column.kind is Kind.YES_NO:
        return "list_yes_no"
    if column.kind is Kind.LEVEL:
        return "list_yes_no_backbone"
    return f"list_{column.vocabulary.name}" if column.vocabulary else None


def _words(column: Column, vocabularies: Mapping[str, Vocabulary], lang: Lang) -> list[str]:
    yes_no = [word(YES_NO, t.key, lang) for t in YES_NO.terms]
    if column.kind is Kind.YES_NO:
        return yes_no
    if column.kind is Kind.LEVEL:
        return yes_no + [word(BACKBONE, t.key, lang) for t in BACKBONE.terms[1:]]
    assert column.vocabulary is not None
    vocabulary = vocabularies.get(column.vocabulary.name, column.vocabulary)
    return [word(vocabulary, t.key, lang) for t in vocabulary.terms]
