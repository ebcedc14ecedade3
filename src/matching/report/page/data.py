"""What was found in the input."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.findings import gravest_first
from matching.tables.finding_columns import SEVERITIES, FindingRow, finding_row

MOST = 50
"""How many findings are shown; the workbook has them all."""


class Data(NamedTuple):
    """The gravest findings, of `total`, and how many there are of each severity."""

    shown: list[FindingRow]
    total: int
    counts: list[tuple[str, int]]


def data(report: Report, lang: Lang) -> Data:
    """Return the findings, the gravest first."""
    found = gravest_first(report.findings)
    counts = Counter(f.severity for f in found)
    return Data([finding_row(f, lang) for f in found[:MOST]], len(found),
                [(word.get(lang), counts[key]) for key, word in SEVERITIES.items() if counts[key]])
