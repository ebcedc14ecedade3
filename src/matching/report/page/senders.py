"""What each sending school gives."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.tallies import Home, homes

MOST = 25
"""How many schools are shown; the workbook has them all."""


class Senders(NamedTuple):
    """The schools that give most, of `total`."""

    shown: list[Home]
    total: int


def senders(report: Report, lang: Lang) -> Senders:
    """Return the sending schools with the most teachers placed."""
    ranked = sorted(homes(report), key=lambda home: (-home.placed, -(home.share or 0)))
    return Senders(ranked[:MOST], len(ranked))
