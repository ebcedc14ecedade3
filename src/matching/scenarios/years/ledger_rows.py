"""A ledger of services as a file: its columns, and its rows as texts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from matching.domain.findings import Finding, InputError, error
from matching.domain.refused import why
from matching.domain.text import Lang, Text
from matching.domain.vocabulary import fold_heading

COLUMNS: Mapping[str, Text] = {
    "teacher_id": Text("教师编号", "teacher_id"), "site_id": Text("学校编号", "site_id"),
    "need_id": Text("岗位编号", "need_id"), "year": Text("学年", "year"), "term": Text("期限(学年)", "term"),
    "mode": Text("支教形式", "mode"),
}
"""By key: the heading in each language; either is understood."""
REQUIRED = ("teacher_id", "year", "term")
ROWS = "services"
"""What the list is called in a JSON file."""


class Row(NamedTuple):
    """One row: its number as Excel counts it, and its cells by key, trimmed; an empty one is absent."""

    number: int
    cells: Mapping[str, str]


def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a CSV (UTF-8 or GB18030) or JSON file.

    Raises
    ------
    InputError
        Where it cannot be read or lacks a column.
    """
    text = _text(path)
    found = _json(path, text) if path.suffix.lower() == ".json" else _csv(path, text)
    return tuple(row for row in found if row.cells)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        reason = why(problem)
        raise InputError([error("unreadable_file", f"台账 {path} 无法打开：{reason.zh}",
                                f"cannot open the ledger {path}: {reason.en}", file=str(path))]) from problem
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError([_no_ledger(path)])


def _csv(path: Path, text: str) -> Iterator[Row]:
    lines = list(csv.reader(io.StringIO(text)))
    keys = {fold_heading(word): key for key, title in COLUMNS.items() for word in (*title, key)}
    at = {keys[fold_heading(cell)]: n for n, cell in enumerate(lines[0] if lines else ()) if fold_heading(cell) in keys}
    lacking = [_lacks(path, key) for key in REQUIRED if key not in at]
    if lacking:
        raise InputError(lacking)
    for number, line in enumerate(lines[1:], 2):
        cells = {key: line[n].strip() for key, n in at.items() if n < len(line)}
        yield Row(number, {key: cell for key, cell in cells.items() if cell})


def _json(path: Path, text: str) -> Iterator[Row]:
    try:
        value: Any = json.loads(text)
        rows = value[ROWS]
        objects = [dict(row) for row in rows]
    except (ValueError, KeyError, TypeError):
        raise InputError([_no_ledger(path)]) from None
    for number, row in enumerate(objects, 2):
        cells = {key: str(row[key]).strip() for key in COLUMNS if row.get(key) is not None}
        yield Row(number, {key: cell for key, cell in cells.items() if cell})


def _no_ledger(path: Path) -> Finding:
    headings = "、".join(title.zh for title in COLUMNS.values())
    keys = ", ".join(COLUMNS)
    return error("no_ledger", f"{path.name} 不是服务台账：应是 CSV（列：{headings}），或 JSON {{\"{ROWS}\": [...]}}",
                 f"{path.name} is no ledger of services: a CSV with the columns {keys} is one, or JSON "
                 f"{{\"{ROWS}\": [...]}}", file=str(path))


def _lacks(path: Path, key: str) -> Finding:
    title = COLUMNS[key]
    return error("missing_column", f"台账缺少“{title.zh}”列", f"the ledger lacks the column {key}", row=1,
                 column=title.zh, file=str(path), suggest=(title.zh, key))


def headings(lang: Lang) -> list[str]:
    """Return the columns' headings in a language."""
    return [title.get(lang) for title in COLUMNS.values()]
