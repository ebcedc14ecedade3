"""A ledger of services as text: CSV for Excel, or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from matching.domain.terms import MODE
from matching.domain.text import Lang
from matching.scenarios.years.ledger_rows import ROWS, headings
from matching.scenarios.years.service import Ledger


def to_csv(ledger: Ledger, lang: Lang = "zh") -> str:
    """Return the ledger as CSV, headings in `lang`; written as ``utf-8-sig`` Excel opens it."""
    def mode(key: str | None) -> str | None:
        return MODE.zh(key) if key and lang == "zh" else key

    return csv_text(headings(lang), [(*s[:5], mode(s.mode)) for s in ledger.services])


def to_json(ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as a JSON object."""
    return {ROWS: [{"teacher_id": s.teacher, "site_id": s.site, "need_id": s.need, "year": s.year, "term": s.term,
                    "mode": s.mode} for s in ledger.services]}


def csv_text(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows as CSV; text that begins like a formula is kept from being read as one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: object) -> object:
    return "'" + cell if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell
