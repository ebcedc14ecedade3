"""One sheet for each study that has something to tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.studies import Told, told
from matching.report.study_words import WORDS
from matching.report.xlsx.grid import Cell, Column, Grid
from matching.studies import Column as StudyColumn
from matching.studies.study import Kind

_STYLES: Mapping[Kind, tuple[str, int]] = {
    "site": ("wrap", 24), "teacher": ("text", 16), "teachers": ("wrap", 40), "need": ("wrap", 30),
    "needs": ("wrap", 40), "integer": ("integer", 12), "number": ("number", 12), "share": ("percent", 12),
    "rule": ("wrap", 26), "forbidden_by": ("wrap", 26), "field": ("wrap", 26), "flags": ("wrap", 30),
    "risk": ("wrap", 24), "minima": ("wrap", 44), "wishes_of": ("wrap", 24), "gain": ("wrap", 44),
    "gains": ("wrap", 44),
}
_ID: Mapping[Kind, Text] = {"site": Text("编号", " ID"), "teacher": Text("编号", " ID"), "need": Text("编号", " ID")}
"""What follows the column's title over its ids."""


def studies(report: Report, lang: Lang) -> list[Grid]:
    """Return the sheets of the studies."""
    return [_grid(report, one, lang) for one in told(report)]


def _grid(report: Report, one: Told, lang: Lang) -> Grid:
    columns = [made for column in one.columns for made in _columns(report, one, column, lang)]
    title = one.study.title
    return Grid(Text(title.zh, title.en.lower()), title, columns, note=one.note, frozen=2)


def _columns(report: Report, one: Told, column: StudyColumn, lang: Lang) -> Iterator[Column]:
    values = [getattr(row, column.key) for row in one.rows]
    title = column.title.get(lang)
    if column.kind in _ID:
        yield Column(title + _ID[column.kind].get(lang), values)
    cells = [_cell(row, v, column.kind, report, lang) for row, v in zip(one.rows, values, strict=True)]
    style, widest = _STYLES.get(column.kind, ("centre", 16))
    yield Column(title, cells, style, widest)


def _cell(row: Any, value: Any, kind: Kind, report: Report, lang: Lang) -> Cell:
    if value is None:
        return None
    if kind == "teachers":
        people = ((report.instance.teacher[who].name, who) for who in value)
        return Text("、", ", ").get(lang).join(Text(f"{n}（{i}）", f"{n} ({i})").get(lang) for n, i in people)
    found: Cell = WORDS[kind](row, value, report, lang)
    return found
