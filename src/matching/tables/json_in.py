"""One JSON file as grids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding
from matching.tables import source_findings as say
from matching.tables.csv_in import UnknownEncodingError, decoded
from matching.tables.grid import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Grid, Loaded, Odd
from matching.tables.sheet_names import Name, place_sheets


class _Repeats(dict[str, Any]):
    """An object in which a name stands twice."""


def read_json(path: Path) -> Loaded:
    """Read ``{"sites": [{...}, ...], ...}``; the n-th object of a list counts as Excel's row n + 1."""
    if path.stat().st_size > MAX_BYTES:
        return Loaded(findings=(say.too_large(path),))
    try:
        document = json.loads(decoded(path), object_pairs_hook=_object, parse_constant=Odd)
    except UnknownEncodingError:
        return Loaded(findings=(say.unknown_encoding(path),))
    except (ValueError, RecursionError) as problem:
        return Loaded(findings=(say.bad_json(path, str(problem)),))
    if not isinstance(document, dict) or isinstance(document, _Repeats):
        return Loaded(findings=(say.bad_json_shape(path, None),))
    chosen, findings = place_sheets(path, map(Name, document))
    faults = tuple(fault for key, name in chosen.items() if (fault := _fault(path, key, document[name])))
    grids = () if faults else tuple(_grid(path, key, document[name]) for key, name in chosen.items())
    return Loaded(grids, findings + faults)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _Repeats(members)


def _fault(path: Path, key: str, rows: Any) -> Finding | None:
    if not isinstance(rows, list):
        return say.bad_json_shape(path, key)
    wrong = (i for i, row in enumerate(rows, 2) if not isinstance(row, dict) or isinstance(row, _Repeats))
    if row := next(wrong, None):
        return say.bad_json_shape(path, key, row)
    if len(rows) > MAX_ROWS:
        return say.too_many_rows(path, key, len(rows))
    names = len(_headings(rows))
    return say.too_many_columns(path, key, str(names)) if names > MAX_COLUMNS else None


def _headings(rows: Sequence[dict[str, Any]]) -> Sequence[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _grid(path: Path, key: str, rows: Sequence[dict[str, Any]]) -> Grid:
    headings = _headings(rows)
    columns = tuple([_raw(row.get(name)) for row in rows] for name in headings)
    return Grid(key, str(path), tuple(headings), columns, range(2, len(rows) + 2), headed=False)


def _raw(value: Any) -> object:
    if isinstance(value, list):
        return tuple(_raw(member) if not isinstance(member, list) else Odd(_shown(member)) for member in value)
    return Odd(_shown(value)) if isinstance(value, dict) else value


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
