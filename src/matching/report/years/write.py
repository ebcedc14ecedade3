"""Writes the folder."""

from __future__ import annotations

import json
from pathlib import Path

from matching.domain.text import Lang
from matching.report.new_folder import new_folder
from matching.report.xlsx.grid import fill
from matching.report.years.page import page
from matching.report.years.sheets import load_specs, write_book
from matching.scenarios.years.answer import answer
from matching.scenarios.years.ledger_write import csv_text, to_csv
from matching.scenarios.years.load import teacher_loads
from matching.scenarios.years.outcome import Roll

_FOR_EXCEL = "utf-8-sig"


def write_roll(folder: Path, roll: Roll, lang: Lang = "zh") -> None:
    """Write roll.json, ledger.csv, load.csv, report.html and report.xlsx into a new folder, whole or not at all.

    Equal simulations give equal bytes.

    Raises
    ------
    OSError
        Where the folder exists or cannot be written.
    """
    with new_folder(folder) as made:
        whole = json.dumps(answer(roll), ensure_ascii=False, indent=1)
        (made / "roll.json").write_text(whole + "\n", encoding="utf-8")
        (made / "ledger.csv").write_text(to_csv(roll.ledger, lang), encoding=_FOR_EXCEL, newline="")
        (made / "load.csv").write_text(_load(roll, lang), encoding=_FOR_EXCEL, newline="")
        (made / "report.html").write_text(page(roll, lang), encoding="utf-8")
        write_book(made / "report.xlsx", roll, lang)


def _load(roll: Roll, lang: Lang) -> str:
    columns = fill(load_specs(lang), teacher_loads(roll), lang)
    return csv_text([c.heading for c in columns], list(zip(*(c.cells for c in columns), strict=True)))
