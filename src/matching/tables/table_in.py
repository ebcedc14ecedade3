"""Grids of one sheet, its columns known, as a table of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from matching.domain.findings import Finding
from matching.domain.sheets import Sheet
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.tables.cells import Parsed, parse
from matching.tables.cells_faults import Problem
from matching.tables.grid import column_letters, is_blank, text_of
from matching.tables.headings import Headed
from matching.tables.id_card import birth_month
from matching.tables.table import Part, Table, shown

_HINT = Text("（这里属于合并单元格，合并后只有首格有值）",
             " (part of a merged cell, whose value is in its first cell only)")


class _Read(NamedTuple):
    """One part with its values by column, and what is wrong with them."""

    part: Part
    columns: Mapping[str, Sequence[Any]]
    findings: tuple[Finding, ...]


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
    table = Table(sheet, columns, tuple(read.part for read in reads))
    return table, tuple(finding for read in reads for finding in read.findings)


def _read_part(headed: Headed, start: int, vocabularies: Mapping[str, Vocabulary]) -> _Read:
    grid = headed.grid
    raw = {key: grid.columns[at] for key, at in headed.at.items()}
    kept = _kept(list(raw.values()))
    if len(kept) < len(grid.rows):
        raw = {key: [values[i] for i in kept] for key, values in raw.items()}
    part = Part(headed, grid.rows if len(kept) == len(grid.rows) else [grid.rows[i] for i in kept], start)
    parsed = {key: parse(headed.sheet.by_key[key], values, vocabularies) for key, values in raw.items()}
    findings = [*_broken(headed), *_merged(headed)]
    for key, column in parsed.items():
        if column.problems:
            findings.extend(_problems(part, key, column))
    columns: dict[str, Sequence[Any]] = {c.key: [c.default] * len(kept) for c in headed.sheet.columns}
    columns |= {key: column.values for key, column in parsed.items()}
    if headed.sheet.key == "teachers" and headed.id_card is not None:
        cards = [grid.columns[headed.id_card][i] for i in kept]
        columns["birth"] = [given or birth_month(card) for given, card in zip(columns["birth"], cards, strict=True)]
    return _Read(part, columns, tuple(findings))


def _kept(columns: Sequence[Sequence[object]]) -> Sequence[int]:
    """Return the positions of the rows that are not blank throughout."""
    if not columns:
        return []
    first = columns[0]
    blank = [i for i, value in enumerate(first) if is_blank(value) and all(is_blank(c[i]) for c in columns)]
    gone = frozenset(blank)
    return [i for i in range(len(first)) if i not in gone] if gone else range(len(first))


def _broken(headed: Headed) -> Iterator[Finding]:
    """Tell of error values and formulas without a result, except in columns that are not used."""
    keys = {at: key for key, at in headed.at.items()}
    for (row, at), seen in sorted(headed.grid.broken.items()):
        if at not in keys and row > 1:
            continue
        heading = headed.heading(keys[at]) if at in keys else column_letters(at)
        if seen.startswith("="):
            code, text = "uncached_formula", Text("公式没有算出的结果；请用 Excel 或 WPS 打开并保存，或改填数值",
                                                  "a formula without a stored result; open and save it in Excel")
        else:
            code, text = "error_value", Text(f"单元格是错误值 {seen}，请改正", f"the cell holds the error {seen}")
        yield Finding("error", code, text, headed.sheet.key, row, heading, shown(seen), (), headed.grid.file)


def _merged(headed: Headed) -> Iterator[Finding]:
    columns = sorted((at, key) for key, at in headed.at.items())
    for area in headed.grid.merged:
        inside = [key for at, key in columns if area.first_column <= at <= area.last_column]
        if inside and area.last_row > 1:
            first = f"{column_letters(area.first_column)}{area.first_row}"
            text = Text(f"{first} 起的合并单元格只有首格有值，其余各格按空白读取",
                        f"of the cells merged at {first} only the first has a value; the others are read as empty")
            yield Finding("notice", "merged_cells", text, headed.sheet.key, max(area.first_row, 2),
                          headed.heading(inside[0]), None, (), headed.grid.file)


def _problems(part: Part, key: str, column: Parsed) -> Iterator[Finding]:
    """Tell where the wrong values of a column stand; a broken cell is told of elsewhere."""
    headed = part.headed
    grid, at = headed.grid, headed.at[key]
    heading = headed.heading(key)
    areas = [a for a in grid.merged if a.first_column <= at <= a.last_column]
    for index, raw in enumerate(column.raw):
        problem = column.problems.get(raw)
        if problem is None or (grid.broken and (part.rows[index], at) in grid.broken):
            continue
        row = part.rows[index]
        if areas and is_blank(raw) and any(a.first_row <= row <= a.last_row for a in areas):
            problem = _hinted(problem)
        value = None if is_blank(raw) else shown(text_of(raw))
        yield Finding(problem.severity, problem.code, problem.text, headed.sheet.key, row, heading, value,
                      problem.suggest, grid.file)


def _hinted(problem: Problem) -> Problem:
    return problem._replace(text=Text(problem.text.zh + _HINT.zh, problem.text.en + _HINT.en))
