"""Records with every unnamed column at the contract's default."""

from __future__ import annotations

from typing import Any, TypeVar

from matching.domain.records import DictionaryRow, Distance, LedgerRow, Need, Pairing, Site, Staffing, Teacher
from matching.domain.sheets import DICTIONARY, DISTANCES, LEDGER, NEEDS, PAIRINGS, SITES, STAFFING, TEACHERS

SHEET_OF = {Site: SITES, Need: NEEDS, Teacher: TEACHERS, Pairing: PAIRINGS, Distance: DISTANCES, Staffing: STAFFING,
            LedgerRow: LEDGER, DictionaryRow: DICTIONARY}

R = TypeVar("R", Site, Need, Teacher, Pairing, Distance, Staffing, LedgerRow, DictionaryRow)


def record(kind: type[R], **values: Any) -> R:
    """Return a record of `kind`; columns not named hold their defaults."""
    columns = SHEET_OF[kind].columns
    defaults: dict[str, Any] = {name: column.default for name, column in zip(kind._fields, columns, strict=True)}
    return kind(**(defaults | values))
