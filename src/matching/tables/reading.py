"""What reading gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.domain.findings import Finding
from matching.domain.instance import Instance


@dataclass(frozen=True)
class Reading:
    """An instance with what was found on the way.

    Attributes
    ----------
    instance : Instance or None
        None where any finding is an error.
    findings : tuple of Finding
        By sheet, file, row and column.
    places : mapping of (sheet key, record index from 0) to (file, Excel row)
    """

    instance: Instance | None
    findings: tuple[Finding, ...]
    places: Mapping[tuple[str, int], tuple[str, int]]


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as ``check --json`` prints it (Contract 3), with its file."""
    return {
        "severity": finding.severity,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "code": finding.code,
        "zh": finding.text.zh,
        "en": finding.text.en,
        "suggest": list(finding.suggest),
        "file": finding.file,
    }
