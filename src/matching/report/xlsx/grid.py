"""One sheet as columns, and how it is written: titled, measured, printable."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from matching.domain.text import Lang, Text
from matching.report.xlsx.styles import Styles

Cell = str | int | float | bool | None
NARROWEST, WIDEST = 6, 34
_PADDING = 2.5  # an indent and a border
_LINE = 15  # points
_A4 = 9
_INCH = 1 / 2.54


class Spec(NamedTuple):
    """What a column shows of each row; `style` is a name of `styles.BODY`."""

    heading: Text
    cell: Callable[[Any], Cell]
    style: str = "text"
    widest: int = WIDEST


class Column(NamedTuple):
    """A heading and the cells below it."""

    heading: str
    cells: Sequence[Cell]
    style: str = "text"
    widest: int = WIDEST


class Mark(NamedTuple):
    """A colour on the cells of one column that equal `value`, or with `below` that are less."""

    column: int
    value: str | float
    style: str
    below: bool = False


class Grid(NamedTuple):
    """One sheet. Without a `title` the headings stand in the first row, where `read_plan` expects them.

    `empty` is said where there are no rows; `frozen` columns stay in sight.
    """

    name: Text
    title: Text | None
    columns: Sequence[Column]
    note: Text | None = None
    empty: Text | None = None
    marks: Sequence[Mark] = ()
    frozen: int = 0

    @property
    def n_rows(self) -> int:
        """How many rows there are below the headings."""
        return len(self.columns[0].cells)


def fill(specs: Sequence[Spec], rows: Sequence[Any], lang: Lang) -> list[Column]:
    """Return the columns that `specs` describe for `rows`."""
    return [Column(s.heading.get(lang), [s.cell(row) for row in rows], s.style, s.widest) for s in specs]


def write_grid(book: Any, styles: Styles, grid: Grid, lang: Lang) -> None:
    """Add `grid` to an XlsxWriter workbook."""
    from xlsxwriter.utility import xl_range

    page = book.add_worksheet(grid.name.get(lang))
    top = _write_title(page, styles, grid, lang)
    page.write_row(top, 0, [c.heading for c in grid.columns], styles.heading)
    widths = [_width(column) for column in grid.columns]
    for at, (column, width) in enumerate(zip(grid.columns, widths, strict=True)):
        page.set_column(at, at, width + _PADDING)
        page.write_column(top + 1, at, column.cells, styles.body[column.style])
    _set_heights(page, grid, widths, top)
    last = top + max(grid.n_rows, 1)
    if not grid.n_rows and grid.empty:
        page.write_string(top + 1, 0, grid.empty.get(lang), styles.note)
    page.freeze_panes(top + 1, grid.frozen)
    page.autofilter(top, 0, last, len(grid.columns) - 1)
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, last, len(grid.columns) - 1)})
    _mark(page, styles, grid, top)
    _set_up_print(page, grid, top, last, lang)


def _write_title(page: Any, styles: Styles, grid: Grid, lang: Lang) -> int:
    """Write the title and the note above the headings; return the row of the headings."""
    if grid.title is None:
        return 0
    page.write_string(0, 0, grid.title.get(lang), styles.title)
    page.set_row(0, 26)
    if grid.note is None:
        return 1
    page.write_string(1, 0, grid.note.get(lang), styles.note)
    return 2


def _mark(page: Any, styles: Styles, grid: Grid, top: int) -> None:
    for mark in grid.marks if grid.n_rows else ():
        value = f'"{mark.value}"' if isinstance(mark.value, str) else mark.value
        rule = {"type": "cell", "criteria": "<" if mark.below else "==", "value": value,
                "format": styles.marks[mark.style]}
        page.conditional_format(top + 1, mark.column, top + grid.n_rows, mark.column, rule)


def _set_up_print(page: Any, grid: Grid, top: int, last: int, lang: Lang) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(1.2 * _INCH, 1.2 * _INCH, 1.5 * _INCH, 1.5 * _INCH)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.print_area(0, 0, last, len(grid.columns) - 1)
    page.set_footer(Text("&C第 &P 页，共 &N 页", "&CPage &P of &N").get(lang))
    if grid.title is None:
        page.set_header(f"&C{grid.name.get(lang)}")


def _set_heights(page: Any, grid: Grid, widths: Sequence[int], top: int) -> None:
    """Give rows with wrapped text their height: not every program works it out by itself."""
    heading = max(_lines(c.heading, width) for c, width in zip(grid.columns, widths, strict=True))
    page.set_row(top, _LINE * heading + 4)
    wrapped = [(c.cells, width) for c, width in zip(grid.columns, widths, strict=True) if c.style.startswith("wrap")]
    for row in range(grid.n_rows):
        lines = max((_lines(str(cells[row] or ""), width) for cells, width in wrapped), default=1)
        if lines > 1:
            page.set_row(top + 1 + row, _LINE * lines + 2)


def _lines(text: str, width: int) -> int:
    return sum(max(1, math.ceil(display_width(part) / width)) for part in text.split("\n"))


def _width(column: Column) -> int:
    """Return a width that holds every cell, and the heading on two lines beside a filter's arrow, within bounds."""
    heading = math.ceil(max(map(display_width, column.heading.split("\n"))) / 2) + 2
    cells = max((display_width(_shown(cell, column.style)) for cell in column.cells), default=0)
    return min(max(heading, cells, NARROWEST), column.widest)


def _shown(cell: Cell, style: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return {"integer": f"{cell:,}", "km": f"{cell:,.1f}", "percent": "100.0%"}.get(style, str(cell))


@lru_cache(maxsize=65536)
def display_width(text: str) -> int:
    """Return how many half-width places `text` takes: full-width characters take two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
