"""What calamine reads, as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from typing import IO, Any

from matching.tables.grid import Grid, Merged, columns_of, text_of
from matching.tables.sheet_names import Name


class UnreadableError(Exception):
    """Calamine cannot read this."""


class EncryptedError(Exception):
    """A password is needed."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Any]:
    """Open a workbook of any format by its content.

    Raises
    ------
    EncryptedError, UnreadableError
        Also where reading inside the block fails; calamine's own panics are no `Exception`.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(file) as book:
            yield book
    except PasswordError as problem:
        raise EncryptedError from problem
    except CalamineError as problem:
        raise UnreadableError from problem
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise UnreadableError from problem
        raise


def visible_sheets(book: Any) -> list[Name]:
    """Return the names of the workbook's sheets of cells."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [Name(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet]


def grid(path: Path, key: str, book: Any, name: str, rows: Sequence[int]) -> Grid:
    """Return a sheet of `book`, whose n-th row from 0 is Excel's row ``rows[n]``; `rows` may go on beyond it."""
    page = book.get_sheet_by_name(name)
    columns = _columns(page)
    if columns and len(columns[0]) > len(rows):
        raise UnreadableError
    merged = tuple(Merged(a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in page.merged_cell_ranges or ())
    return Grid(key, str(path), tuple(text_of(c[0]) for c in columns), tuple(c[1:] for c in columns),
                rows[1:len(columns[0]) if columns else 1], merged=merged)


def _columns(page: Any) -> tuple[list[object], ...]:
    """Return the columns from A on; calamine's rows begin at row 1, but at the first column with content."""
    if page.start is None:
        return ()
    left = page.start[1]
    columns = columns_of(page.iter_rows(), page.width)
    height = len(columns[0])
    return tuple(chain((list(repeat("", height)) for _ in range(left)), columns))
