"""Sheets of records as a styled workbook."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.sheets import SHEETS, Column, Kind, Sheet
from matching.domain.text import Lang
from matching.domain.vocabulary import Vocabulary
from matching.tables.write_lists import add_lists, choices
from matching.tables.write_values import Cell, heading, sheet_name, shower

LONGEST_TEXT = 32_767
SPARE_ROWS = 5_000
"""Rows below the data that have drop-downs as well."""
FORMATS: Mapping[str, dict[str, Any]] = {
    "required": {"bold": True, "font_color": "white", "bg_color": "#1F4E78", "border": 1, "valign": "vcenter",
                 "text_wrap": True},
    "optional": {"bold": True, "font_color": "#1F4E78", "bg_color": "#DDEBF7", "border": 1, "valign": "vcenter",
                 "text_wrap": True},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "share": {"num_format": "0.##%"},
    "number": {},
}
EXAMPLE = {"italic": True, "font_color": "#7F7F7F", "bg_color": "#FFF8DC"}
"""Laid over the format of an example row."""

Note = Callable[[Sheet, Column], str]


class Table(NamedTuple):
    """One sheet with its records."""

    sheet: Sheet
    rows: Sequence[tuple[Any, ...]]


def write_xlsx(instance: Instance, path: Path, lang: Lang = "zh") -> None:
    """Write the sheets that hold something, and those that must be there."""
    tables = [Table(sheet, getattr(instance, sheet.key)) for sheet in SHEETS]
    path.write_bytes(workbook_bytes([t for t in tables if t.rows or t.sheet.required], instance.vocabularies, lang))


def workbook_bytes(tables: Sequence[Table], vocabularies: Mapping[str, Vocabulary], lang: Lang,
                   note: Note | None = None, example: str | None = None) -> bytes:
    """Return a workbook of `tables`, with `note` as comment on each heading.

    Where `example` is given the rows are examples: they look so, and the first cell of each bears it as comment.

    Equal input gives equal bytes. Raises InputError where a text is longer than a cell holds.
    """
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    styles = {name: book.add_format(style | (EXAMPLE if example and name not in ("required", "optional") else {}))
              for name, style in FORMATS.items()}
    blank_text = book.add_format(FORMATS["text"])
    sheets = [table.sheet for table in tables]
    last_row = max(len(table.rows) for table in tables) + SPARE_ROWS
    for table in tables:
        page = book.add_worksheet(sheet_name(table.sheet, lang))
        _columns(page, table, blank_text, lang)
        _headings(page, table.sheet, styles, lang, note)
        _rows(page, table, styles, vocabularies, lang)
        for number in range(1, len(table.rows) + 1 if example else 1):
            page.write_comment(number, 0, example)
        for at, column in enumerate(table.sheet.columns):
            if rule := choices(column, sheets, last_row, lang):
                page.data_validation(1, at, last_row, at, rule)
    add_lists(book, sheets, vocabularies, lang)
    book.close()
    return memory.getvalue()


def _headings(page: Any, sheet: Sheet, styles: Mapping[str, Any], lang: Lang, note: Note | None) -> None:
    page.freeze_panes(1, 2)
    page.set_row(0, 32)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        star = "*" if column.required and lang == "zh" else ""
        page.write_string(0, at, heading(column, lang) + star, styles["required" if column.required else "optional"])
        if note is not None:
            page.write_comment(0, at, text := note(sheet, column), {"x_scale": 2.2, "y_scale": _note_height(text)})


def _note_height(text: str) -> float:
    return max(0.6, 0.32 * sum(1 + display_width(line) // 40 for line in text.splitlines()))


def _columns(page: Any, table: Table, blank_text: Any, lang: Lang) -> None:
    """Set widths, and the text format where Excel would otherwise turn 001 into 1 and 1985.10 into 1985.1."""
    texts = {Kind.TEXT, Kind.TEXTS, Kind.MONTH}
    for at, column in enumerate(table.sheet.columns):
        values = [table.sheet.columns[at].zh if lang == "zh" else column.key, *(r[at] for r in table.rows[:200])]
        page.set_column(at, at, _width(values), blank_text if column.kind in texts else None)


def _width(values: Iterable[Any]) -> int:
    longest = max(display_width("、".join(map(str, v)) if isinstance(v, tuple) else str(v)) for v in values)
    return min(40, max(8, longest + 3))


def display_width(text: str) -> int:
    """Return how many half-width places `text` takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _rows(page: Any, table: Table, styles: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary],
          lang: Lang) -> None:
    columns = [(c, shower(c, vocabularies, lang), styles[_style(c)]) for c in table.sheet.columns]
    for number, row in enumerate(table.rows, start=1):
        for at, (column, show, style) in enumerate(columns):
            cell = show(row[at])
            if cell is not None and not put(page, number, at, cell, style):
                raise InputError([_too_long(table.sheet, number + 1, column, lang)])


def _style(column: Column) -> str:
    if column.kind in (Kind.INTEGER, Kind.DECIMAL):
        return "number"
    return {Kind.DATE: "date", Kind.SHARE: "share"}.get(column.kind, "text")


def put(page: Any, row: int, at: int, cell: Cell, style: Any = None) -> bool:
    """Write one cell of a worksheet, text never as a formula; False where the text is too long for a cell."""
    if isinstance(cell, date):
        page.write_datetime(row, at, cell, style)
    elif isinstance(cell, str):
        return len(cell) <= LONGEST_TEXT and page.write_string(row, at, cell, style) == 0
    elif float(f"{cell:.16G}") != cell:  # the file format's writer keeps 16 digits; text keeps all
        page.write_string(row, at, repr(cell), style)
    elif cell is not None:
        page.write_number(row, at, cell, style)
    return True


def _too_long(sheet: Sheet, row: int, column: Column, lang: Lang) -> Any:
    return error("text_too_long", f"文字超过一个单元格能容纳的 {LONGEST_TEXT} 个字",
                 f"the text is longer than the {LONGEST_TEXT} characters that a cell holds",
                 sheet=sheet.key, row=row, column=heading(column, lang))
