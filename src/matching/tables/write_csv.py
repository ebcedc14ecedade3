"""Instances as a folder of CSV files."""

from __future__ import annotations

import csv
import errno
import os
from datetime import date
from pathlib import Path

from matching.domain.instance import Instance
from matching.domain.sheets import SHEETS
from matching.domain.text import Lang
from matching.tables.write_values import Cell, heading, shower


def write_csv(instance: Instance, folder: Path, lang: Lang = "zh") -> None:
    """Write one file a sheet, UTF-8 with BOM so that Excel opens it; a folder with something in it is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    for sheet in SHEETS:
        rows = getattr(instance, sheet.key)
        if not rows and not sheet.required:
            continue
        show = [shower(column, instance.vocabularies, lang) for column in sheet.columns]
        with (folder / f"{sheet.key}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(heading(column, lang) for column in sheet.columns)
            table.writerows([_text(f(v)) for f, v in zip(show, row, strict=True)] for row in rows)


def _text(cell: Cell) -> str | int | float:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
