"""Grids of one sheet, its columns known, as a table of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from matching.domain.findings import Finding
from matching.domain.sheets import Sheet
from matching.domain.vocabulary import Vocabulary
from matching.tables.cell_findings import broken_cells, merged_cells, wrong_cells
from matching.tables.cells import Parsed, parse
from matching.tables.grid import is_blank
from matching.tables.headings import Headed
from matching.tables.id_card import birth_month
from matching.tables.table import Part, Table


class _Read(NamedTuple):
    """One part with its values by column, and what is wrong with them."""

    part: Part
    columns: Mapping[str, Sequence[Any]]
    findings: tuple[Finding, ...]
    faulty: frozenset[tuple[int, str]]


def read_table(sheet: Sheet, headed: Sequence[Headed], vocabularies: Mapping[str, Vocabulary]) -> \
        tuple[Table, tuple[Finding, ...]]:
    """Read the grids of one sheet, from however many files, as one table."""
    reads: list[_Read] = []
    start = 0
    for one in headed:
        reads.append(_read_part(one, start, vocabularies))
        start += len(reads[-1].part.rows)
    columns = reads[0].columns if len(reads) == 1 else {
        c.key: list(chain.from_iterable(read.columns[c.key] for read in reads)) for c in sheet.columns}
    faulty: frozenset[tuple[int, str]] = frozenset().union(*(read.faulty for read in reads))
    table = Table(sheet, columns, tuple(read.part for read in reads), faulty)
    return table, tuple(finding for read in reads for finding in read.findings)


def _read_part(headed: Headed, start: int, vocabularies: Mapping[str, Vocabulary]) -> _Read:
    grid = headed.grid
    raw = {key: grid.columns[at] for key, at in headed.at.items()}
    kept = _kept(list(raw.values()))
    if len(kept) < len(grid.rows):
        raw = {key: [values[i] for i in kept] for key, values in raw.items()}
    part = Part(headed, grid.rows if len(kept) == len(grid.rows) else [grid.rows[i] for i in kept], start)
    parsed = {key: parse(headed.sheet.by_key[key], values, vocabularies) for key, values in raw.items()}
    wrong = [found for key, column in parsed.items() if column.problems for found in wrong_cells(part, key, column)]
    findings = (*broken_cells(headed), *merged_cells(headed), *(cell.finding for cell in wrong))
    faulty = {(start + cell.at, cell.key) for cell in wrong if cell.finding.severity == "error"} | _broken(part)
    return _Read(part, _columns(headed, kept, parsed), findings, frozenset(faulty))


def _columns(headed: Headed, kept: Sequence[int], parsed: Mapping[str, Parsed]) -> Mapping[str, Sequence[Any]]:
    columns: dict[str, Sequence[Any]] = {c.key: [c.default] * len(kept) for c in headed.sheet.columns}
    columns |= {key: column.values for key, column in parsed.items()}
    if headed.sheet.key == "teachers" and headed.id_card is not None:
        cards = [headed.grid.columns[headed.id_card][i] for i in kept]
        columns["birth"] = [given or birth_month(card) for given, card in zip(columns["birth"], cards, strict=True)]
    return columns


def _broken(part: Part) -> set[tuple[int, str]]:
    """Return the records and columns of the cells that hold an error value or a formula without a result."""
    if not part.headed.grid.broken:
        return set()
    index = {row: part.start + i for i, row in enumerate(part.rows)}
    keys = {at: key for key, at in part.headed.at.items()}
    return {(index[row], keys[at]) for row, at in part.headed.grid.broken if row in index and at in keys}


def _kept(columns: Sequence[Sequence[object]]) -> Sequence[int]:
    """Return the positions of the rows that are not blank throughout."""
    if not columns:
        return []
    first = columns[0]
    blank = [i for i, value in enumerate(first) if is_blank(value) and all(is_blank(c[i]) for c in columns)]
    gone = frozenset(blank)
    return [i for i in range(len(first)) if i not in gone] if gone else range(len(first))
