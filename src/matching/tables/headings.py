"""Which column of the contract each heading is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from matching.domain.findings import Finding
from matching.domain.sheets import BY_KEY, Column, Sheet
from matching.domain.text import Text
from matching.domain.vocabulary import fold_heading
from matching.tables.grid import Grid, column_letters, is_blank, text_of

_MOST_TITLES = 5
"""So many rows below the first are searched for the headings."""
BY_NAME = frozenset(map(fold_heading, ("派出单位", "现工作单位", "受援学校", "支教学校")))
"""Headings under which a site may be given by a name that only one site has."""
_ID_CARD = re.compile(r"身份证|证件号|公民身份号|^身份号|^id.?card|^id.?number|^identity")
_PRIVATE = re.compile(r"手机|电话|联系方式|住址|家庭地址|联系地址|通讯地址|通信地址|^mobile|phone|^tel$|address")


class Headed(NamedTuple):
    """A grid whose columns are known: `at` gives a column's place in the grid by key, `id_card` that of ID numbers."""

    grid: Grid
    sheet: Sheet
    at: Mapping[str, int]
    id_card: int | None
    findings: tuple[Finding, ...]

    def heading(self, key: str) -> str:
        """Return a column's heading as the file has it, else its Chinese one."""
        return self.grid.headings[self.at[key]] if key in self.at else self.sheet.by_key[key].zh


def recognise(grid: Grid) -> Headed:
    """Find the columns of `grid`'s sheet among its headings, with a finding for each heading that is amiss."""
    sheet = BY_KEY[grid.sheet]
    known = {name: column for column in sheet.columns for name in column.names}
    below = _row_of_headings(grid, known) if grid.headed else None
    if below is not None:
        return Headed(grid, sheet, {}, None, (_headings_below(grid, sheet, below),))
    at: dict[str, int] = {}
    id_card = None
    findings: list[Finding] = []
    for place, heading in enumerate(grid.headings):
        folded = fold_heading(heading)
        column = known.get(folded)
        if column is None:
            findings.extend(_strange(grid, sheet, place, folded))
            id_card = place if id_card is None and _ID_CARD.search(folded) else id_card
        elif column.key in at:
            findings.append(_repeated(grid, column, grid.headings[at[column.key]], heading))
        else:
            at[column.key] = place
    return Headed(grid, sheet, at, id_card, (*findings, *_missing(grid, sheet, at)))


def _row_of_headings(grid: Grid, known: Mapping[str, Column]) -> int | None:
    """Return the row below the first in which the headings seem to stand, under a title; None where they do not."""
    def found(cells: Iterable[object]) -> int:
        return len({known[name].key for cell in cells if (name := fold_heading(text_of(cell))) in known})

    least = max(2, found(grid.headings) + 1)
    for index, row in enumerate(grid.rows[:_MOST_TITLES]):
        if found(column[index] for column in grid.columns) >= least:
            return row
    return None


def _headings_below(grid: Grid, sheet: Sheet, row: int) -> Finding:
    text = Text(f"“{sheet.zh}”表的表头在第 {row} 行，应在第 1 行；请删除表头上方的行",
                f"the headings of the sheet {sheet.key} stand in row {row}, not in row 1; delete the rows above them")
    return Finding("error", "headings_below", text, sheet.key, row, None, None, (), grid.file)


def _strange(grid: Grid, sheet: Sheet, place: int, folded: str) -> Iterator[Finding]:
    heading = grid.headings[place]
    if not folded:
        if not all(map(is_blank, grid.columns[place])):
            letters = heading or column_letters(place)
            yield _finding(grid, "notice", "no_heading", f"{letters} 列没有表头，其中的内容不会使用",
                           f"column {letters} has no heading; nothing in it is used", letters)._replace(value=None)
    elif _ID_CARD.search(folded) or _PRIVATE.search(folded):
        yield _finding(grid, "notice", "private_column", f"“{heading}”是个人隐私，不读入系统",
                       f"{heading!r} is private and is not read", heading)
    else:
        yield _finding(grid, "notice", "unknown_column", f"不认识的列“{heading}”，其中的内容不会使用",
                       f"unknown column {heading!r}; nothing in it is used", heading, _nearest(sheet, folded))


def _nearest(sheet: Sheet, folded: str) -> tuple[str, ...]:
    names = {name: column.zh for column in sheet.columns for name in column.names}
    near = difflib.get_close_matches(folded, names, n=3, cutoff=0.5)
    return tuple(dict.fromkeys(names[name] for name in near))


def _repeated(grid: Grid, column: Column, first: str, second: str) -> Finding:
    return _finding(grid, "error", "repeated_column", f"“{first}”和“{second}”都是“{column.zh}”，只能保留一列",
                    f"{first!r} and {second!r} both are {column.key}; keep one", second)


def _missing(grid: Grid, sheet: Sheet, at: Mapping[str, int]) -> Iterator[Finding]:
    if not len(grid.rows) and (not grid.headed or not (sheet.required or any(grid.headings))):
        return  # an empty list, or a sheet that was only opened
    where = "（表头应在第 1 行）" if grid.headed else ""
    for column in sheet.columns:
        if column.required and column.key not in at:
            yield _finding(grid, "error", "missing_column", f"“{sheet.zh}”表缺少必填列“{column.zh}”{where}",
                           f"the sheet {sheet.key} lacks the required column {column.key}", column.zh,
                           (column.zh,))._replace(value=None)


def _finding(grid: Grid, severity: str, code: str, zh: str, en: str, heading: str,
             suggest: tuple[str, ...] = ()) -> Finding:
    return Finding(severity, code, Text(zh, en), grid.sheet, 1 if grid.headed else None,  # type: ignore[arg-type]
                   heading, heading, suggest, grid.file)
