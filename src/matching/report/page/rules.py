"""How the rules stand: what falls short, then every rule in a line."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.standing import RuleSummary, Standing, standings, summaries
from matching.report.words import ENFORCE

MOST = 100
"""How many lines that fall short are shown; the workbook has them all."""


class Rules(NamedTuple):
    """`short` are the first lines that fall short, of `n_short`; enforcement is in words in `enforced`."""

    short: list[Standing]
    n_short: int
    rules: list[RuleSummary]
    enforced: dict[str, str]


def rules(report: Report, lang: Lang) -> Rules:
    """Return the standing of the rules."""
    short = [line for line in standings(report, lang) if not line.ok]
    return Rules(short[:MOST], len(short), summaries(report, lang),
                 {name: text.get(lang) for name, text in ENFORCE.items()})
