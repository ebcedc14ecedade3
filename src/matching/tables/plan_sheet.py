"""The placements of a report.xlsx that someone may have edited."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError, error
from matching.domain.plan import Placement
from matching.domain.vocabulary import fold_heading
from matching.tables import source_findings as say
from matching.tables.calamine_in import EncryptedError, UnreadableError, grid, opened
from matching.tables.grid import MAX_ROWS, Grid, is_blank, text_of
from matching.tables.plan_cells import READERS, WORDS
from matching.tables.plan_columns import PLACEMENT_COLUMNS, PLACEMENT_SHEET
from matching.tables.xlsx_archive import READ_ERRORS, DamagedError, TooLargeError, open_archive, sheet_members
from matching.tables.xlsx_scan import scan

SHEET = PLACEMENT_SHEET.en
_KEYS: Mapping[str, str] = {fold_heading(name): c.key for c in PLACEMENT_COLUMNS for name in c} | {
    "teacher_id": "teacher", "need_id": "need"}
_HEADINGS = {column.key: column.zh for column in PLACEMENT_COLUMNS}
_NEEDED = ("teacher", "need")


def read_placements(path: Path) -> tuple[Placement, ...]:
    """Return the rows of the sheet 安置明细; what a row leaves blank is None.

    Raises
    ------
    InputError
        The workbook cannot be read, the sheet or one of the two id columns is missing, a cell that is read holds an
        error value, a formula without a result or what its column cannot hold, a row names only one of teacher and
        post, or two rows name the same two.
    """
    sheet = _Sheet(_grid(path))
    placements = tuple(_placements(sheet))
    if sheet.findings:
        raise InputError(sheet.findings)
    return placements


def _grid(path: Path) -> Grid:
    try:
        with open_archive(path) as archive:
            return _from_archive(path, archive)
    except EncryptedError as problem:
        raise InputError([say.encrypted_file(path)]) from problem
    except TooLargeError as problem:
        raise InputError([say.too_large(path)]) from problem
    except (DamagedError, UnreadableError, *READ_ERRORS) as problem:
        raise InputError([say.damaged_file(path)]) from problem


def _from_archive(path: Path, archive: zipfile.ZipFile) -> Grid:
    members = sheet_members(archive)
    names = {fold_heading(name): name for name in reversed(list(members))}
    name = next((names[n] for n in map(fold_heading, PLACEMENT_SHEET) if n in names), None)
    if name is None:
        raise InputError([error(
            "missing_sheet", f"{path.name} 中没有“{PLACEMENT_SHEET.zh}”表，无法作为方案读取",
            f"{path.name} has no sheet {PLACEMENT_SHEET.en!r} ({PLACEMENT_SHEET.zh}) to read a plan from",
            file=str(path), suggest=tuple(PLACEMENT_SHEET))])
    with archive.open(members[name]) as stream:
        found = scan(stream)
    last = max(found.rows, default=0)
    if last > MAX_ROWS:
        raise InputError([say.too_many_rows(path, SHEET, last)])
    if found.wide:
        raise InputError([say.too_many_columns(path, SHEET, found.wide)])
    with path.open("rb") as file, opened(file) as book:
        return replace(grid(path, SHEET, book, name, range(1, last + 1)), broken=found.broken)


@dataclass
class _Sheet:
    """The sheet while it is read, with what was found wrong."""

    grid: Grid
    findings: list[Finding] = field(default_factory=list)

    def columns(self) -> dict[str, int]:
        """Return where the columns that are read stand."""
        places: dict[str, int] = {}
        for at, heading in enumerate(self.grid.headings):
            key = _KEYS.get(fold_heading(heading))
            if key is not None and key in places:
                self.fault("repeated_heading", f"列“{heading}”出现了两次", f"{heading!r} appears twice", 1, at)
            elif key is not None:
                places[key] = at
        for key in (key for key in _NEEDED if key not in places):
            name = _HEADINGS[key]
            self.findings.append(error("missing_column", f"缺少“{name}”列", f"the column {name} ({key}) is missing",
                                       sheet=SHEET, row=1, column=name, file=self.grid.file))
        return places

    def fault(self, code: str, zh: str, en: str, row: int, at: int, value: str | None = None,
              suggest: tuple[str, ...] = ()) -> None:
        """Add an error at one cell."""
        self.findings.append(error(code, zh, en, sheet=SHEET, row=row, column=self.grid.headings[at], value=value,
                                   suggest=suggest, file=self.grid.file))


def _placements(sheet: _Sheet) -> Iterator[Placement]:
    places = sheet.columns()
    if sheet.findings:
        return
    read = {key: place for key, place in places.items() if key in READERS}
    seen: dict[tuple[Any, Any], int] = {}
    for at, row in enumerate(sheet.grid.rows):
        if _filled(sheet, places, at):
            values = {key: _value(sheet, key, place, row, at) for key, place in read.items()}
            _check(sheet, places, row, values, seen)
            yield Placement(**{key: values.get(key) for key in Placement._fields})  # type: ignore[arg-type]


def _check(sheet: _Sheet, places: Mapping[str, int], row: int, values: Mapping[str, Any],
           seen: dict[tuple[Any, Any], int]) -> None:
    """Find a missing id, and a row that stands twice."""
    pair = (values["teacher"], values["need"])
    for key in _NEEDED:
        if values[key] is None and (row, places[key]) not in sheet.grid.broken:
            sheet.fault("empty_required", "教师编号和岗位编号都要填；要取消这条安置，请删除整行",
                        "both the teacher's and the post's id are needed; to cancel a placement delete its row",
                        row, places[key])
    if None not in pair and seen.setdefault(pair, row) != row:
        sheet.fault("duplicate_row", f"与第 {seen[pair]} 行重复", f"the same as row {seen[pair]}", row,
                    places["teacher"], pair[0])


def _filled(sheet: _Sheet, places: Mapping[str, int], at: int) -> bool:
    """Tell whether anything stands in the row at all, if only an error value."""
    row = sheet.grid.rows[at]
    return any(not is_blank(sheet.grid.columns[p][at]) or (row, p) in sheet.grid.broken for p in places.values())


def _value(sheet: _Sheet, key: str, place: int, row: int, at: int) -> Any:
    raw = sheet.grid.columns[place][at]
    broken = sheet.grid.broken.get((row, place))
    if broken is not None:
        sheet.fault("error_value", f"单元格是错误值或没有结果的公式：{broken}",
                    f"the cell holds an error or a formula without a result: {broken}", row, place, broken)
        return None
    if is_blank(raw):
        return None
    try:
        return READERS[key](raw)
    except ValueError:
        words = WORDS.get(key)
        sheet.fault("bad_value", f"“{text_of(raw)}”不是“{_HEADINGS[key]}”列可以填的内容",
                    f"{text_of(raw)!r} is not what {_HEADINGS[key]} ({key}) can hold", row, place, text_of(raw),
                    tuple(term.zh for term in words.terms) if words else ())
        return None
