"""The findings in the order in which to read them."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.findings import Finding
from matching.tables.finding_columns import SEVERITIES

_GRAVEST = tuple(SEVERITIES)


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with errors before warnings before notices."""
    return sorted(findings, key=lambda f: _GRAVEST.index(f.severity))
