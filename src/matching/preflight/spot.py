"""Where a record or a rule stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.domain.findings import Finding, Severity
from matching.domain.records import PolicyRow
from matching.domain.sheets import POLICY, Sheet
from matching.domain.text import Text
from matching.policy.model import Rule
from matching.policy.rows import Places


@dataclass(frozen=True)
class Spot:
    """Makes findings that bear their place."""

    places: Places

    def warning(self, code: str, text: Text, sheet: Sheet, index: int, column: str, value: str | None = None,
                suggest: Sequence[str] = (), severity: Severity = "warning") -> Finding:
        """Return a warning at one cell: a record by its position in `sheet`, a column by its key."""
        file, row = self.places.get((sheet.key, index), (None, index + 2))
        return Finding(severity, code, text, sheet.key, row, sheet.by_key[column].zh, value, tuple(suggest), file)

    def of_rule(self, code: str, text: Text, rule: Rule, key: str, rows: Sequence[PolicyRow], value: str | None = None,
                suggest: Sequence[str] = ()) -> Finding:
        """Return a warning at a rule's field: at its row where it stands in the sheet 政策."""
        at = next((index for index, row in enumerate(rows) if row.id == rule.id and rule.origin == POLICY.zh), None)
        if at is not None and key in POLICY.by_key:
            return self.warning(code, text, POLICY, at, key, value, suggest)
        return Finding("warning", code, text, column=f"{rule.id}.{key}", value=value, suggest=tuple(suggest))
