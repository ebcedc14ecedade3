"""The workbook of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.xlsx.findings import findings
from matching.report.xlsx.grid import Grid
from matching.report.xlsx.moves import moves
from matching.report.xlsx.placements import placements
from matching.report.xlsx.plans import plans
from matching.report.xlsx.public import public
from matching.report.xlsx.receivers import receivers
from matching.report.xlsx.reserve import reserve
from matching.report.xlsx.rules import rules
from matching.report.xlsx.senders import senders
from matching.report.xlsx.studies import studies
from matching.report.xlsx.unfilled import unfilled
from matching.report.xlsx.write import write_grids

SHEETS: tuple[Callable[[Report, Lang], Grid], ...] = (
    public, placements, unfilled, reserve, rules, receivers, senders, plans, findings,
)
"""In the order of the workbook (Contract 3); who moves, where a plan was changed, and the studies' sheets follow."""


def write_report_xlsx(path: Path, report: Report, lang: Lang = "zh") -> None:
    """Write the workbook of the recommended plan; an existing file is replaced.

    Text is never read as a formula, a link or a number. Equal reports give equal bytes.
    """
    grids = (*(sheet(report, lang) for sheet in SHEETS), *moves(report, lang), *studies(report, lang))
    write_grids(path, grids, lang, report.policy.title.get(lang))
