"""Tables without errors, as an instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching.domain import records as r
from matching.domain.instance import Instance
from matching.tables.table import Table

_RECORDS: Mapping[str, type[Any]] = {
    "sites": r.Site,
    "needs": r.Need,
    "teachers": r.Teacher,
    "pairings": r.Pairing,
    "distances": r.Distance,
    "staffing": r.Staffing,
    "policy": r.PolicyRow,
    "goals": r.GoalRow,
    "points": r.PointsRow,
    "ledger": r.LedgerRow,
    "dictionary": r.DictionaryRow,
}


def build(book: Mapping[str, Table]) -> Instance:
    """Return the instance that the tables hold; a table that is absent is empty."""
    held = {key: _records(key, book[key]) if key in book else () for key in _RECORDS}
    return Instance(**held)


def _records(key: str, table: Table) -> tuple[Any, ...]:
    columns = [table[column.key] for column in table.sheet.columns]
    return tuple(map(_RECORDS[key]._make, zip(*columns, strict=True)))


def with_rural(sites: Table) -> Table:
    """Return the sites with 农村 filled in where it is empty: yes for those that only receive."""
    pairs = zip(sites["rural"], sites["role"], strict=True)
    return sites.with_column("rural", [role == "receiver" if rural is None else rural for rural, role in pairs])
