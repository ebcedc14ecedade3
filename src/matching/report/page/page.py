"""The page of a run."""

from __future__ import annotations

from pathlib import Path

from matching.domain.text import Lang
from matching.report.content import Report


def write_report_html(path: Path, report: Report, lang: Lang = "zh") -> None:
    """Write the page of the recommended plan; an existing file is replaced."""
    path.write_text("<!doctype html>", encoding="utf-8")
