"""Who moves in a plan that was changed as little as possible, and why."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.replan_rows import Row, rows
from matching.scenarios.replan.words import summary

MOST = 200
"""So many rows are shown; the workbook has all."""


class Moves(NamedTuple):
    """What it came to in sentences, the first rows, and how many there are."""

    said: list[str]
    rows: list[Row]
    many: int


def moves(report: Report, lang: Lang) -> Moves | None:
    """Return what there is to show; nothing of a plan that was not changed."""
    found = report.replanned
    if found is None:
        return None
    every = rows(found, lang)
    return Moves([text.get(lang) for text in summary(found)], every[:MOST], len(every))
