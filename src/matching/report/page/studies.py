"""The studies, each in a small table."""

from __future__ import annotations

from typing import Any, NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.studies import Told, told
from matching.report.study_words import WORDS
from matching.report.words import percent
from matching.studies import Column

MOST = 15
"""How many rows of a study are shown; the workbook has them all."""
_NUMBERS = ("integer", "number", "share")


class Head(NamedTuple):
    """A column's heading, and whether numbers stand below it."""

    title: str
    number: bool


class StudyTable(NamedTuple):
    """The most urgent rows of a study, of `total`, cell by cell; `sheet` is the workbook's."""

    id: str
    title: str
    sheet: str
    note: str
    heads: list[Head]
    rows: list[list[str]]
    total: int


def studies(report: Report, lang: Lang) -> list[StudyTable]:
    """Return the studies that have something to tell; people are named by name and school alone."""
    return [_table(report, one, lang) for one in told(report)]


def _table(report: Report, one: Told, lang: Lang) -> StudyTable:
    title = one.study.title.get(lang)
    columns = [c for c in one.columns if c.key != "home" or one.columns[0].kind != "teacher"]
    heads = [Head(c.title.get(lang), c.kind in _NUMBERS) for c in columns]
    rows = [[_cell(row, c, report, lang) for c in columns] for row in one.rows[:MOST]]
    return StudyTable(one.study.id, title, title if lang == "zh" else title.lower(), one.note.get(lang), heads, rows,
                      len(one.rows))


def _cell(row: Any, column: Column, report: Report, lang: Lang) -> str:
    value = getattr(row, column.key)
    if value is None:
        return "—"
    if column.kind == "share":
        return percent(value)
    if column.kind == "teacher":
        return _person(report, value, lang)
    words = WORDS[column.kind](row, value, report, lang)
    return f"{words:,.10g}" if column.kind in _NUMBERS else str(words)


def _person(report: Report, teacher_id: str, lang: Lang) -> str:
    teacher = report.instance.teacher[teacher_id]
    school = report.instance.site[teacher.home_site].name
    return Text(f"{teacher.name}（{school}）", f"{teacher.name} ({school})").get(lang)
