"""The folder of a simulation, written beside and renamed when whole."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.text import Lang
from matching.report.arrivals.grids import SHEETS
from matching.report.arrivals.page import page
from matching.report.new_folder import new_folder
from matching.report.run_folder import sha256
from matching.report.xlsx.grid import Grid
from matching.report.xlsx.write import write_grids
from matching.scenarios.arrivals.result import Simulation

if TYPE_CHECKING:
    from matching.report.read_run import Run

KEPT = ("run.json", "input.json", "policy.toml", "plans.json")


def write_simulation(folder: Path, found: Simulation, lang: Lang, base: Run | None = None,
                     rates: bytes | None = None, further: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Write ``simulation.json``, a CSV file a table, ``reserve.xlsx`` and ``report.html``; return what the first holds.

    Where a plan that is better on average was sought and differs, it is ``plan-arrivals.json``.

    Parameters
    ----------
    base : the run that was simulated; what it is solved again from is kept in ``base/``
    rates : the file of rates, kept as ``rates.toml``
    further : what else ``run.json`` is to say

    Raises
    ------
    FileExistsError
        Where `folder` exists.
    """
    stated = found.to_dict()
    grids = {name: make(found, lang) for name, make in SHEETS.items()}
    with new_folder(folder) as beside:
        _write_json(beside / "simulation.json", stated)
        for name, grid in grids.items():
            _write_csv(beside / f"{name}.csv", grid)
        write_grids(beside / "reserve.xlsx", grids.values(), lang)
        (beside / "report.html").write_text(page(found, lang), encoding="utf-8")
        _write_plan(beside, found)
        if rates is not None:
            (beside / "rates.toml").write_bytes(rates)
        if base is not None:
            _keep(base, beside / "base")
        _write_json(beside / "run.json", _description(folder.name, beside, found, base, further or {}))
    return stated


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _keep(base: Run, folder: Path) -> None:
    folder.mkdir()
    for path in (*(base.folder / name for name in KEPT), *sorted(base.folder.glob("plan-*.json"))):
        shutil.copyfile(path, folder / path.name)


def _description(run_id: str, folder: Path, found: Simulation, base: Run | None,
                 further: Mapping[str, Any]) -> dict[str, Any]:
    names = ["simulation.json", *(path.name for path in sorted(folder.glob("plan-*.json")))]
    return {"id": run_id, "of": None if base is None else base.id, "seed": found.seed, "status": "simulated",
            "versions": {name: version(name) for name in ("zhijiao-matching", "numpy", "scipy")},
            "files": {name: sha256(folder / name) for name in names}, **further}


def _write_csv(path: Path, grid: Grid) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(column.heading for column in grid.columns)
        table.writerows(zip(*(column.cells for column in grid.columns), strict=True))


def _write_plan(folder: Path, found: Simulation) -> None:
    from matching.tables import dump_plan

    if found.variant is not None and found.variant.plan is not None and found.variant.moved:
        plan = found.variant.plan
        (folder / f"plan-{plan.plan}.json").write_bytes(dump_plan(plan))
