"""Instances and other records as JSON: stable, one record a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from matching.domain.instance import Instance
from matching.domain.sheets import SHEETS, Column, Kind, Sheet
from matching.domain.text import Lang
from matching.tables.write_values import month


def write_json(instance: Instance, path: Path, lang: Lang = "zh") -> None:
    """Write the sheets by key, each a list of objects without the empty fields."""
    tables = ((sheet, getattr(instance, sheet.key)) for sheet in SHEETS)
    path.write_bytes(json_bytes({
        sheet.key: [_record(sheet, row) for row in rows] for sheet, rows in tables if rows or sheet.required
    }))


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """Return `document` as UTF-8 JSON with its keys in order and each list's members on lines of their own."""
    members = ",\n".join(f" {_compact(key)}: {_value(value)}" for key, value in document.items())
    return f"{{\n{members}\n}}\n".encode()


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_compact(member)}" for member in value) + "\n ]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _record(sheet: Sheet, row: tuple[Any, ...]) -> dict[str, Any]:
    pairs = zip(sheet.columns, row, strict=True)
    return {column.key: _plain(column, value) for column, value in pairs if value is not None and value != ()}


def _plain(column: Column, value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return month(value) if column.kind is Kind.MONTH else value.isoformat()
    return value
