"""Which sheet of the contract a sheet, a CSV file or a JSON key is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from matching.domain.findings import Finding
from matching.domain.sheets import SHEETS
from matching.domain.text import Text
from matching.domain.vocabulary import fold_heading
from matching.tables.finding_columns import FINDING_SHEET

KEYS: Mapping[str, str] = {fold_heading(name): sheet.key for sheet in SHEETS for name in (sheet.key, sheet.zh)}


class Name(NamedTuple):
    """A sheet's name as written; of hidden sheets only known ones are spoken of."""

    text: str
    visible: bool = True


def place_sheets(path: Path, names: Iterable[Name]) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the names by sheet key, a notice for each unknown one, and an error for each repeated one.

    The list of findings that marking adds is passed over, so that the marked copy can be mended and read again.
    """
    chosen: dict[str, str] = {}
    findings = []
    for name, visible in names:
        key = KEYS.get(fold_heading(name))
        if key is None:
            findings.extend([_unknown(path, name)] if visible and name not in FINDING_SHEET else [])
        elif key in chosen:
            findings.append(_repeated(path, key, chosen[key], name))
        else:
            chosen[key] = name
    return chosen, tuple(findings)


def _unknown(path: Path, name: str) -> Finding:
    near = difflib.get_close_matches(fold_heading(name), KEYS, n=1, cutoff=0.5)
    suggest = tuple(sheet.zh for sheet in SHEETS if near and KEYS[near[0]] == sheet.key)
    text = Text(f"不认识的表“{name}”，其中的内容不会使用", f"unknown sheet {name!r}; nothing in it is used")
    return Finding("notice", "unknown_sheet", text, sheet=name, value=name, suggest=suggest, file=str(path))


def _repeated(path: Path, key: str, first: str, second: str) -> Finding:
    text = Text(f"“{first}”和“{second}”是同一张表，只能保留一张",
                f"{first!r} and {second!r} are the same sheet; keep one")
    return Finding("error", "repeated_sheet", text, sheet=key, value=second, file=str(path))
