"""The run folder: written beside and renamed when whole, so that a folder that exists is complete (Contract 3)."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.findings import Finding
from matching.domain.text import Lang
from matching.report.new_folder import new_folder

if TYPE_CHECKING:
    from matching.planner import Result
    from matching.scenarios.replan import Replanned

PACKAGES = ("zhijiao-matching", "highspy", "ortools", "pulp", "numpy", "scipy")


def write_run(folder: Path, result: Result, inputs: Sequence[Path], policy_toml: str, findings: Sequence[Finding],
              lang: Lang, further: Mapping[str, Any] | None = None, replanned: Replanned | None = None
              ) -> dict[str, Any]:
    """Write the run folder of a result that has plans, and return what its ``run.json`` says.

    Parameters
    ----------
    further : what else ``run.json`` is to say, such as how the solve was asked for
    replanned : where the plan is one in force, changed as little as possible; ``replan.json`` holds how

    Raises
    ------
    FileExistsError
        Where `folder` exists.
    """
    with new_folder(folder) as beside:
        return _write(beside, folder.name, result, inputs, policy_toml, findings, lang, further or {}, replanned)


def _write(folder: Path, run_id: str, result: Result, inputs: Sequence[Path], policy_toml: str,
           findings: Sequence[Finding], lang: Lang, further: Mapping[str, Any],
           replanned: Replanned | None) -> dict[str, Any]:
    from matching.report.gather import gathered
    from matching.report.page import write_report_html
    from matching.report.xlsx import write_report_xlsx
    from matching.tables import write

    assert result.ranking is not None
    write(result.instance, folder / "input.json")
    (folder / "policy.toml").write_text(policy_toml, encoding="utf-8")
    for name, content in plan_files(result).items():
        (folder / name).write_bytes(content)
    if result.fronts:
        _dump(folder / "fronts.json", {"fronts": [front.to_dict() for front in result.fronts]})
    if replanned is not None:
        _dump(folder / "replan.json", replanned.details())
    report = replace(gathered(result, findings, run_id), replanned=replanned)
    write_report_xlsx(folder / "report.xlsx", report, lang)
    write_report_html(folder / "report.html", report, lang)
    run = {**_description(run_id, folder, result, inputs, findings), **further}
    _dump(folder / "run.json", run)
    return run


def plan_files(result: Result) -> dict[str, bytes]:
    """Return the files whose bytes are promised to be the same for the same input, policy and seed, by name."""
    from matching.tables import dump_plan

    assert result.ranking is not None
    plans = [*(ranked.plan for ranked in result.ranking.plans),
             *(point.plan for front in result.fronts for point in front.points)]
    return {"plans.json": _text(result.ranking.to_dict()).encode(),
            **{f"plan-{plan.plan}.json": dump_plan(plan) for plan in plans}}


def _description(run_id: str, folder: Path, result: Result, inputs: Sequence[Path], findings: Sequence[Finding]
                 ) -> dict[str, Any]:
    counted = Counter(f.severity for f in findings)
    return {
        "id": run_id,
        "input": {"sha256": sha256(folder / "input.json"),
                  "files": [_file(p, folder) for p in _files(inputs)]},
        "policy": {"id": result.policy.id, "sha256": sha256(folder / "policy.toml")},
        "engine": result.engine,
        "seed": result.seed,
        "status": result.status,
        "stopped": result.stopped,
        "unfinished": dict(result.unfinished),
        "seconds": {phase: round(spent, 3) for phase, spent in result.seconds.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count(),
                    "byteorder": sys.byteorder},
        "findings": {"errors": counted["error"], "warnings": counted["warning"], "notices": counted["notice"]},
        "files": {path.name: sha256(path) for path in sorted(folder.glob("plan*.json"))},
    }


def _file(path: Path, folder: Path) -> dict[str, str]:
    """Return what is kept of an original file; its place from the run folder, but for one on another drive."""
    found = {"name": path.name, "sha256": sha256(path)}
    with suppress(ValueError):
        found["path"] = Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    return found


def _files(inputs: Sequence[Path]) -> list[Path]:
    return [file for path in inputs for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]


def sha256(path: Path) -> str:
    """Return a file's digest in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _dump(path: Path, value: Any) -> None:
    path.write_text(_text(value), encoding="utf-8")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
