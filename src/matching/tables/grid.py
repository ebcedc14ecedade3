"""Sheets as they stand in a file: headings, columns of raw values, and where each row is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from matching.domain.findings import Finding

MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_BYTES = 2**30
MAX_CELLS = 40_000_000
"""A grid of more cells, blank ones included, would need several GB of memory once read."""

_CHUNK = 100  # rows turned to columns at once: few enough to stay in the processor's cache
_TEXT_ONLY = {str}


class Odd(NamedTuple):
    """A raw value that no cell can hold (an object inside JSON); `text` shows it."""

    text: str


class Merged(NamedTuple):
    """A merged area, in Excel's rows and in columns from 0, last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Grid:
    """One sheet of one file.

    `columns[j][i]` is the raw value (str, int, float, bool, date, datetime, None, tuple, Odd) under `headings[j]`
    in Excel's row `rows[i]`. `broken` maps (Excel row, j) to the error value, or the formula without a result, that
    stands there. Where not `headed` (JSON) there is no heading row, and an absent column is no fault without rows.
    """

    sheet: str
    file: str
    headings: tuple[str, ...]
    columns: tuple[Sequence[object], ...]
    rows: Sequence[int]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Merged, ...] = ()
    headed: bool = True


class Loaded(NamedTuple):
    """What a source gave."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()


def joined(parts: Iterable[Loaded]) -> Loaded:
    """Return everything that several sources gave."""
    several = tuple(parts)
    return Loaded(tuple(g for part in several for g in part.grids), tuple(f for part in several for f in part.findings))


def columns_of(rows: Iterable[Sequence[object]], width: int) -> tuple[list[object], ...]:
    """Turn rows, each `width` long, into columns.

    Equal texts of a column are kept once, so that whatever is done with the columns touches little memory. Numbers
    are left alone: 1, 1.0 and True are equal as well.
    """
    columns: tuple[list[object], ...] = tuple([] for _ in range(width))
    keepers = [dict[object, object]().setdefault for _ in range(width)]
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        for column, keep, values in zip(columns, keepers, zip(*chunk, strict=True), strict=True):
            column.extend(map(keep, values, values) if set(map(type, values)) == _TEXT_ONLY else values)
    return columns


def is_blank(value: object) -> bool:
    """Tell whether a raw value counts as an empty cell."""
    return not value.strip() if isinstance(value, str) else value is None or value == ()


def text_of(value: object) -> str:
    """Return a raw value as text: trimmed, 3.0 as ``3``, dates in ISO form, lists joined by ``;``."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Odd):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(map(text_of, value))
    return "" if value is None else str(value)


def column_letters(index: int) -> str:
    """Return the letters that Excel gives to the column of this index from 0."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(ord("A") + rest) + letters, index - 1
    return letters
