"""Workbooks as grids."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from matching.domain.findings import Finding
from matching.tables import source_findings as say
from matching.tables.calamine_in import EncryptedError, UnreadableError, grid, opened, visible_sheets
from matching.tables.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid, Loaded, joined
from matching.tables.sheet_names import place_sheets
from matching.tables.xlsx_archive import READ_ERRORS, DamagedError, TooLargeError, open_archive, sheet_members
from matching.tables.xlsx_compact import compact
from matching.tables.xlsx_scan import MOST_BROKEN, Scan, scan, width

_MOST_EMPTY_ROWS = 20_000
"""Beyond this many empty rows between others a sheet is rewritten without them before it is read."""


def read_xlsx(path: Path) -> Loaded:
    """Read the known sheets of an .xlsx workbook."""
    try:
        with open_archive(path) as archive:
            return _read_archive(path, archive)
    except EncryptedError:
        return Loaded(findings=(say.encrypted_file(path),))
    except TooLargeError:
        return Loaded(findings=(say.too_large(path),))
    except (DamagedError, UnreadableError, *READ_ERRORS):
        return Loaded(findings=(say.damaged_file(path),))


def _read_archive(path: Path, archive: zipfile.ZipFile) -> Loaded:
    members = sheet_members(archive)
    with path.open("rb") as file, opened(file) as book:
        chosen, findings = place_sheets(path, visible_sheets(book))
        if not members.keys() >= set(chosen.values()):
            raise DamagedError
        sheets = [_Sheet(path, key, name, archive, members[name], book) for key, name in chosen.items()]
        return joined([Loaded(findings=findings), *map(_read_sheet, sheets)])


class _Sheet(NamedTuple):
    """A sheet to read: its key, its name in the workbook, and where it is."""

    path: Path
    key: str
    name: str
    archive: zipfile.ZipFile
    member: str
    book: Any


def _read_sheet(sheet: _Sheet) -> Loaded:
    with sheet.archive.open(sheet.member) as stream:
        found = scan(stream)
    refused = _refusal(sheet, found)
    if refused is not None:
        return Loaded(findings=(refused,))
    rows = sorted({1, *found.rows})
    if rows[-1] - len(rows) <= _MOST_EMPTY_ROWS:
        return Loaded((_grid(sheet, sheet.book, range(1, MAX_ROWS + 1), found),))
    with opened(compact(sheet.archive, sheet.member, rows)) as book:
        return Loaded((_grid(sheet, book, rows, found),))


def _refusal(sheet: _Sheet, found: Scan) -> Finding | None:
    last = max(found.rows, default=0)
    if last > MAX_ROWS:
        return say.too_many_rows(sheet.path, sheet.key, last)
    if found.wide:
        return say.too_many_columns(sheet.path, sheet.key, found.wide)
    if len(found.broken) >= MOST_BROKEN:
        return say.too_many_broken(sheet.path, sheet.key, len(found.broken))
    if len(found.rows) * MAX_COLUMNS > MAX_CELLS:
        with sheet.archive.open(sheet.member) as stream:
            if len(found.rows) * width(stream) > MAX_CELLS:
                return say.too_many_cells(sheet.path, sheet.key)
    return None


def _grid(sheet: _Sheet, book: Any, rows: Sequence[int], found: Scan) -> Grid:
    return replace(grid(sheet.path, sheet.key, book, sheet.name, rows), broken=found.broken)
