"""An input as an openpyxl workbook, to be marked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding
from matching.domain.sheets import BY_KEY
from matching.domain.text import Lang, Text
from matching.tables.grid import Grid, is_blank, text_of
from matching.tables.sources import load
from matching.tables.write_values import sheet_name
from matching.tables.write_xlsx import LONGEST_TEXT
from matching.tables.xlsx_archive import READ_ERRORS, DamagedError, TooLargeError, open_archive

MOST_BYTES = 100 * 2**20
"""Of sheet XML; openpyxl takes some ten times as much memory."""
MOST_CELLS = 2_500_000


def open_book(path: Path, lang: Lang) -> tuple[Any, Finding | None]:
    """Return a workbook with the content of the input, and a notice where that could not be copied."""
    book = _copied(path)
    if book is not None:
        return book, None
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    grids = () if _is_large_archive(path) else load(path).grids
    if not grids or sum(len(grid.rows) * len(grid.headings) for grid in grids) > MOST_CELLS:
        return book, _not_copied(path)
    for grid in grids:
        _add(book, grid, lang)
    return book, None


def _copied(path: Path) -> Any:
    """Return an .xlsx as openpyxl reads it, None where it does not."""
    from openpyxl import load_workbook

    if not path.is_file() or _is_large_archive(path):
        return None
    try:
        with path.open("rb") as file:
            return load_workbook(file, rich_text=True)
    except Exception:  # openpyxl fails with whatever the parts of an odd workbook raise; the data can still be read
        return None


def _is_large_archive(path: Path) -> bool:
    try:
        with open_archive(path) as archive:
            return sum(m.file_size for m in archive.infolist() if m.filename.endswith(".xml")) > MOST_BYTES
    except TooLargeError:
        return True
    except (DamagedError, OSError, *READ_ERRORS):
        return False


def _add(book: Any, grid: Grid, lang: Lang) -> None:
    page = book.create_sheet(sheet_name(BY_KEY[grid.sheet], lang))
    for at, (heading, column) in enumerate(zip(grid.headings, grid.columns, strict=True), start=1):
        _put(page.cell(1, at), heading)
        for row, value in zip(grid.rows, column, strict=False):
            if not is_blank(value):
                _put(page.cell(row, at), value)
    for (row, at), value in grid.broken.items():
        _put(page.cell(row, at + 1), value)


def _put(cell: Any, value: object) -> None:
    if isinstance(value, int | float | date):
        cell.value = value
    else:
        put_text(cell, text_of(value))


def put_text(cell: Any, text: str) -> None:
    """Write text, which stays text if it begins with ``=``."""
    cell.value = writable(text)[:LONGEST_TEXT]
    cell.data_type = "s"


def writable(text: str) -> str:
    """Return `text` without what the file format cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.encode("utf-8", "replace").decode()))


def _not_copied(path: Path) -> Finding:
    zh, en = f"{path.name} 无法复制标注，这里只列出问题", f"{path.name} cannot be copied; only its problems are listed"
    return Finding("notice", "not_copied", Text(zh, en), file=str(path))
