"""A design as a workbook."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from matching.domain.findings import InputError, error
from matching.domain.refused import not_written
from matching.domain.text import Lang
from matching.pairs.design import Design
from matching.pairs.pages import Page, pages
from matching.tables.write_xlsx import FORMATS, display_width, put

WIDEST = 40


def write_design(design: Design, path: Path, lang: Lang = "zh", two_way: bool = False) -> None:
    """Write the sheet of the pairs, and the sheet 说明; a file that is there is replaced.

    Equal input gives equal bytes. Raises InputError where the file is no .xlsx or cannot be written.
    """
    refuse_other_forms(path)
    try:
        path.write_bytes(_book(pages(design, lang, two_way)))
    except OSError as problem:
        raise not_written(path, problem) from problem


def refuse_other_forms(path: Path) -> None:
    """Raise InputError unless `path` names an .xlsx file."""
    if path.suffix.lower() != ".xlsx":
        raise InputError([error("unknown_format", f"结对表只能写成 .xlsx 文件，不能写成 {path.name}",
                                f"pairs are written as .xlsx, not as {path.name}", file=str(path), suggest=(".xlsx",))])


def _book(sheets: tuple[Page, ...]) -> bytes:
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    styles = {name: book.add_format(FORMATS[name]) for name in ("required", "text", "number")}
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, styles)
    book.close()
    return memory.getvalue()


def _fill(page: Any, sheet: Page, styles: dict[str, Any]) -> None:
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    for at, title in enumerate(sheet.headings):
        cells = [title, *(str(row[at]) for row in sheet.rows if len(row) > 1 and row[at] is not None)]
        page.set_column(at, at, min(WIDEST, max(map(display_width, cells)) + 3))
        page.write_string(0, at, title, styles["required"])
    for number, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            if cell is not None:
                put(page, number, at, cell, styles["text" if isinstance(cell, str) else "number"])
