"""The folder of a what-if, written beside and renamed when whole."""

from __future__ import annotations

import csv
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from matching.domain.instance import Instance
from matching.domain.text import Lang, Text
from matching.report.new_folder import new_folder
from matching.report.run_folder import PACKAGES, sha256
from matching.report.whatif.clashes import clash_grid, clashes_told
from matching.report.whatif.page import page
from matching.report.whatif.rows import (
    chosen_grid,
    compared_grid,
    point_columns,
    points_grid,
    scenario_figures,
    scenario_heads,
)
from matching.report.xlsx.grid import Column, Grid
from matching.report.xlsx.write import write_grids
from matching.scenarios.whatif import Compared, Point, WhatIf

SAME = ("whatif.json", "placements.csv", "input.json", "policy.toml")
"""Files of which the same call makes the same bytes."""


def answer(found: WhatIf | None, compared: Compared | None) -> dict[str, Any]:
    """Return what ``whatif --json`` prints (Contract 3)."""
    told: dict[str, Any] = {"points": [], "infeasible_from": {}} if found is None else found.to_dict()
    return told if compared is None else {**told, "scenarios": compared.to_dict()}


def write_whatif(folder: Path, instance: Instance, policy_toml: str, found: WhatIf | None, compared: Compared | None,
                 lang: Lang, *, scenario_file: bytes | None = None, further: Mapping[str, Any] | None = None
                 ) -> dict[str, Any]:
    """Write ``whatif.json``, ``points.csv``, ``scenarios.csv``, ``placements.csv``, ``whatif.xlsx``, ``report.html``.

    Beside them stand what was solved (``input.json``, ``policy.toml``, ``scenarios.toml``) and ``run.json``.

    Parameters
    ----------
    scenario_file : as it was read
    further : what else ``run.json`` is to say

    Raises
    ------
    FileExistsError
        Where `folder` exists.
    """
    from matching.tables import write

    stated = answer(found, compared)
    with new_folder(folder) as beside:
        write(instance, beside / "input.json")
        (beside / "policy.toml").write_text(policy_toml, encoding="utf-8")
        if scenario_file is not None:
            (beside / "scenarios.toml").write_bytes(scenario_file)
        _write_json(beside / "whatif.json", stated)
        _write_tables(beside, found, compared, lang)
        (beside / "report.html").write_text(page(found, compared, lang), encoding="utf-8")
        _write_json(beside / "run.json", _description(folder.name, beside, found, compared, further or {}))
    return stated


def _write_tables(folder: Path, found: WhatIf | None, compared: Compared | None, lang: Lang) -> None:
    grids: list[Grid] = []
    points: list[Point] = []
    if compared is not None:
        grids.append(compared_grid(compared, lang))
        points += [outcome.point for outcome in compared.outcomes]
        _write_columns(folder / "scenarios.csv", _scenario_columns(compared, lang))
    if found is not None:
        side = chosen_grid(found, lang)
        grids += [side if compared is None else side._replace(name=Text("取值对比", "values compared")),
                  points_grid(found, lang)]
        points += found.points
        _write_columns(folder / "points.csv", point_columns(found, lang))
    told = clashes_told(found, compared, lang)
    write_grids(folder / "whatif.xlsx", [*grids, clash_grid(told, lang)] if told else grids, lang)
    _write_rows(folder / "placements.csv", ("point", "teacher", "need"),
                ((p.key, *pair) for p in points if p.by == p.key for pair in p.placements))


def _scenario_columns(compared: Compared, lang: Lang) -> list[Column]:
    rows, heads = scenario_figures(compared, lang), scenario_heads(compared, lang)
    first = Column(Text("项目", "Figure").get(lang), [row.name for row in rows])
    others = (Column(head.replace("\n", " "), [row.values[at] for row in rows]) for at, head in enumerate(heads))
    return [first, *others]


def _description(run_id: str, folder: Path, found: WhatIf | None, compared: Compared | None,
                 further: Mapping[str, Any]) -> dict[str, Any]:
    stopped = (found is not None and found.stopped) or (compared is not None and compared.stopped)
    complete = found is None or found.complete
    return {
        "id": run_id, "kind": "whatif", "status": "complete" if complete and not stopped else "stopped",
        "input": {"sha256": sha256(folder / "input.json")}, "policy": {"sha256": sha256(folder / "policy.toml")},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": {name: sha256(folder / name) for name in SAME}, **further,
    }


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _write_columns(path: Path, columns: Sequence[Column]) -> None:
    _write_rows(path, [c.heading for c in columns], zip(*(c.cells for c in columns), strict=True))


def _write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(headings)
        table.writerows(rows)
