"""CSV files as grids."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from matching.tables import source_findings as say
from matching.tables.grid import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    Loaded,
    column_letters,
    columns_of,
    joined,
)
from matching.tables.sheet_names import Name, place_sheets


class UnknownEncodingError(Exception):
    """Neither UTF-8 nor GB18030."""


def read_folder(folder: Path) -> Loaded:
    """Read the CSV files of a folder, each a sheet named by its file."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    if not files:
        return Loaded(findings=(say.empty_folder(folder),))
    chosen, findings = place_sheets(folder, [Name(path.stem) for path in files])
    by_name = {path.stem: path for path in files}
    return joined([Loaded(findings=findings), *(_read(by_name[name], key) for key, name in chosen.items())])


def read_csv(path: Path) -> Loaded:
    """Read one CSV file, which is the sheet that its name says."""
    chosen, findings = place_sheets(path, [Name(path.stem)])
    return joined([Loaded(findings=findings), *(_read(path, key) for key in chosen)])


def decoded(path: Path) -> str:
    """Return a file's text, in UTF-8 with or without BOM, else GB18030; `UnknownEncodingError` in any other."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownEncodingError


def _read(path: Path, key: str) -> Loaded:
    if path.stat().st_size > MAX_BYTES:
        return Loaded(findings=(say.too_large(path),))
    try:
        text = decoded(path)
    except UnknownEncodingError:
        return Loaded(findings=(say.unknown_encoding(path),))
    return _grid(path, key, csv.reader(io.StringIO(text, newline="")))


def _grid(path: Path, key: str, reader: Any) -> Loaded:
    try:
        rows = list(islice(reader, MAX_ROWS + 1))
    except csv.Error:
        return Loaded(findings=(say.bad_csv(path, key, reader.line_num),))
    if len(rows) > MAX_ROWS:
        return Loaded(findings=(say.too_many_rows(path, key, len(rows)),))
    width = max(map(_width, rows), default=0)
    if width > MAX_COLUMNS:
        return Loaded(findings=(say.too_many_columns(path, key, f"{column_letters(width - 1)}1"),))
    if width * len(rows) > MAX_CELLS:
        return Loaded(findings=(say.too_many_cells(path, key),))
    columns = columns_of((_padded(row, width) for row in rows), width)
    headings = tuple(str(column[0]).strip() for column in columns)
    return Loaded((Grid(key, str(path), headings, tuple(c[1:] for c in columns), range(2, len(rows) + 1)),))


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last that is not empty."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _padded(row: list[str], width: int) -> Sequence[str]:
    return row if len(row) == width else (row + [""] * (width - len(row)))[:width]
