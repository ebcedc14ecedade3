"""What is wrong with single cells, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matching.domain.findings import Finding
from matching.domain.text import Text
from matching.tables.cells import Parsed
from matching.tables.cells_faults import Problem
from matching.tables.grid import column_letters, is_blank, text_of
from matching.tables.headings import Headed
from matching.tables.table import Part, shown

_HINT = Text("（这里属于合并单元格，合并后只有首格有值）",
             " (part of a merged cell, whose value is in its first cell only)")


class WrongCell(NamedTuple):
    """A finding in the part's record `at`, counted from 0, and its column."""

    at: int
    key: str
    finding: Finding


def broken_cells(headed: Headed) -> Iterator[Finding]:
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


def merged_cells(headed: Headed) -> Iterator[Finding]:
    """Tell of merged areas in the columns that are used, below the headings."""
    columns = sorted((at, key) for key, at in headed.at.items())
    for area in headed.grid.merged:
        inside = [key for at, key in columns if area.first_column <= at <= area.last_column]
        if inside and area.last_row > 1:
            first = f"{column_letters(area.first_column)}{area.first_row}"
            text = Text(f"{first} 起的合并单元格只有首格有值，其余各格按空白读取",
                        f"of the cells merged at {first} only the first has a value; the others are read as empty")
            yield Finding("notice", "merged_cells", text, headed.sheet.key, max(area.first_row, 2),
                          headed.heading(inside[0]), None, (), headed.grid.file)


def wrong_cells(part: Part, key: str, column: Parsed) -> Iterator[WrongCell]:
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
        yield WrongCell(index, key, Finding(problem.severity, problem.code, problem.text, headed.sheet.key, row,
                                            heading, value, problem.suggest, grid.file))


def _hinted(problem: Problem) -> Problem:
    return problem._replace(text=Text(problem.text.zh + _HINT.zh, problem.text.en + _HINT.en))
