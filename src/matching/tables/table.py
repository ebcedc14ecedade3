"""The rows of one sheet from all files, column by column, with the place of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from matching.domain.findings import Finding, Severity
from matching.domain.sheets import Sheet
from matching.domain.text import Text
from matching.tables.grid import text_of
from matching.tables.headings import Headed

_LONGEST_VALUE = 200


@dataclass(frozen=True)
class Part:
    """The rows that one file gave; the first of them is record `start`, and the n-th stands in Excel's ``rows[n]``."""

    headed: Headed
    rows: Sequence[int]
    start: int


@dataclass(frozen=True)
class Table:
    """One sheet: `columns` holds a value for each record and each column of the sheet.

    A value that could not be read is the column's default, and stands in `faulty` by (record, key).
    """

    sheet: Sheet
    columns: Mapping[str, Sequence[Any]]
    parts: tuple[Part, ...]
    faulty: frozenset[tuple[int, str]] = frozenset()

    def __len__(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    def __getitem__(self, key: str) -> Sequence[Any]:
        return self.columns[key]

    def with_column(self, key: str, values: Sequence[Any]) -> Table:
        """Return the table with one column replaced."""
        return replace(self, columns={**self.columns, key: values})

    def part_of(self, index: int) -> Part:
        """Return the part that a record came from."""
        return self.parts[bisect_right(self._starts, index) - 1]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [part.start for part in self.parts]

    def place(self, index: int) -> tuple[str, int]:
        """Return the file and Excel row of a record."""
        part = self.part_of(index)
        return part.headed.grid.file, part.rows[index - part.start]

    def earlier(self, first: int, second: int) -> Text:
        """Return words for the row of record `first`, with its file where `second` stands in another."""
        (file, row), (other, _) = self.place(first), self.place(second)
        if file == other:
            return Text(f"第 {row} 行", f"row {row}")
        return Text(f" {file} 第 {row} 行", f"row {row} of {file}")

    def finding(self, severity: Severity, code: str, text: Text, index: int, key: str, value: object = None,
                suggest: tuple[str, ...] = ()) -> Finding:
        """Return a finding in the cell of a record and a column."""
        file, row = self.place(index)
        heading = self.part_of(index).headed.heading(key)
        return Finding(severity, code, text, self.sheet.key, row, heading, shown(value), suggest, file)


def shown(value: object) -> str | None:
    """Return a value as a finding shows it; a very long text is cut."""
    if value is None:
        return None
    text = text_of(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


class Places(Mapping[tuple[str, int], tuple[str, int]]):
    """(sheet key, record index) to (file, Excel row), looked up when asked."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def __getitem__(self, record: tuple[str, int]) -> tuple[str, int]:
        key, index = record
        if key not in self._tables or not 0 <= index < len(self._tables[key]):
            raise KeyError(record)
        return self._tables[key].place(index)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((key, index) for key, table in self._tables.items() for index in range(len(table)))

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))
