"""数据问题: what was found in the input."""

from __future__ import annotations

from operator import itemgetter

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.findings import gravest_first
from matching.report.xlsx.grid import Grid, Mark, Spec, fill
from matching.tables.finding_columns import FINDING_COLUMNS, FINDING_SHEET, SEVERITIES, finding_row

TITLE = Text("数据问题", "Findings in the data")
EMPTY = Text("没有发现数据问题。", "Nothing was found.")
_STYLES = ("centre", "text", "text", "plain", "text", "wrap", "wrap", "wrap")
_WIDEST = (10, 24, 16, 8, 20, 24, 60, 30)
SPECS = tuple(Spec(heading, itemgetter(at), style, widest) for at, (heading, style, widest)
              in enumerate(zip(FINDING_COLUMNS, _STYLES, _WIDEST, strict=True)))


def findings(report: Report, lang: Lang) -> Grid:
    """Return the findings, the gravest first."""
    rows = [finding_row(f, lang) for f in gravest_first(report.findings)]
    marks = (Mark(0, SEVERITIES["error"].get(lang), "bad"), Mark(0, SEVERITIES["warning"].get(lang), "fair"))
    note = Text(f"共 {len(rows)} 条。", f"{len(rows)} in all.")
    return Grid(FINDING_SHEET, TITLE, fill(SPECS, rows, lang), note=note, empty=EMPTY, marks=marks, frozen=1)
