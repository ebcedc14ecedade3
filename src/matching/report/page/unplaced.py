"""Teachers without a post: how many for which reason, and who, by name and school alone."""

from __future__ import annotations

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.gaps import Waiting, waiting


def unplaced(report: Report, lang: Lang) -> list[tuple[str, list[Waiting]]]:
    """Return the teachers without a post by reason, the most frequent reason first."""
    return waiting(report, lang)
