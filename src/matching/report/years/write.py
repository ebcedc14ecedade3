"""Writes the folder."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from matching.domain.text import Lang
from matching.report.new_folder import new_folder
from matching.report.run_folder import PACKAGES, sha256
from matching.report.xlsx.grid import fill
from matching.report.years.page import page
from matching.report.years.sheets import load_specs, write_book
from matching.scenarios.years.answer import answer
from matching.scenarios.years.ledger_write import csv_text, to_csv, to_json
from matching.scenarios.years.load import teacher_loads
from matching.scenarios.years.outcome import Roll

BEFORE = "before.json"
"""The ledger of before, where one was given."""
_FOR_EXCEL = "utf-8-sig"


class Kept(NamedTuple):
    """What a simulation is done again from: the policy as it was read, and the words of the command."""

    policy_toml: str
    words: tuple[str, ...]


def write_roll(folder: Path, roll: Roll, lang: Lang = "zh", kept: Kept | None = None) -> None:
    """Write roll.json, ledger.csv, load.csv, report.html and report.xlsx into a new folder, whole or not at all.

    Equal simulations give equal bytes. With `kept`, the folder also holds what it can be done again from, and run.json.

    Raises
    ------
    OSError
        Where the folder exists or cannot be written.
    """
    with new_folder(folder) as made:
        _write_json(made / "roll.json", {**answer(roll), **to_json(roll.ledger)})
        (made / "ledger.csv").write_text(to_csv(roll.ledger, lang), encoding=_FOR_EXCEL, newline="")
        (made / "load.csv").write_text(_load(roll, lang), encoding=_FOR_EXCEL, newline="")
        (made / "report.html").write_text(page(roll, lang), encoding="utf-8")
        write_book(made / "report.xlsx", roll, lang)
        if kept is not None:
            _keep(made, folder.name, roll, kept)


def _keep(folder: Path, run_id: str, roll: Roll, kept: Kept) -> None:
    from matching.tables import write

    write(roll.instance, folder / "input.json")
    (folder / "policy.toml").write_text(kept.policy_toml, encoding="utf-8")
    _write_json(folder / BEFORE, to_json(roll.former))
    _write_json(folder / "run.json", _description(folder, run_id, roll, kept))


def _description(folder: Path, run_id: str, roll: Roll, kept: Kept) -> dict[str, Any]:
    return {
        "id": run_id, "kind": "roll", "command": list(kept.words), "seed": roll.seed,
        "status": "optimal" if roll.proven else "feasible",
        "stopped": roll.stopped.stopped if roll.stopped else None,
        "input": {"sha256": sha256(folder / "input.json"), "files": []},
        "policy": {"id": roll.policy.id, "sha256": sha256(folder / "policy.toml")},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": {name: sha256(folder / name) for name in (BEFORE, "roll.json")},
    }


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _load(roll: Roll, lang: Lang) -> str:
    columns = fill(load_specs(lang), teacher_loads(roll), lang)
    return csv_text([c.heading for c in columns], list(zip(*(c.cells for c in columns), strict=True)))
