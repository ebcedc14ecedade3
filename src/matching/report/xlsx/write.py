"""A workbook of grids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from matching.domain.text import Lang
from matching.report.xlsx.grid import Grid, write_grid
from matching.report.xlsx.styles import add_styles


def write_grids(path: Path, grids: Iterable[Grid], lang: Lang, title: str | None = None) -> None:
    """Write one sheet a grid; an existing file is replaced.

    Text is never read as a formula, a link or a number. Equal grids give equal bytes.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    named = {} if title is None else {"title": title}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({**named, "created": datetime(2026, 1, 1)})
        styles = add_styles(book, lang)
        for grid in grids:
            write_grid(book, styles, grid, lang)
