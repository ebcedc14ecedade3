"""Files in and out: each function here loads what it needs when it is called.

No module of this room may bear the name of a function here (``reader.py``, not ``read.py``): importing
``matching.tables.read`` would put the module in the function's place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.domain.findings import Finding
    from matching.domain.instance import Instance
    from matching.domain.plan import Plan
    from matching.domain.text import Lang
    from matching.tables.reading import Reading


def read(paths: str | PathLike[str] | Sequence[str | PathLike[str]], *, today: date | None = None,
         required: Collection[str] = ("sites", "needs", "teachers")) -> Reading:
    """Read and check workbooks, folders of CSV and JSON files as one instance; see `matching.tables.reader.read`."""
    from matching.tables.reader import read as run

    return run(paths, today=today, required=required)


def write(instance: Instance, path: str | PathLike[str], lang: Lang = "zh") -> None:
    """Write `instance` as .xlsx, .json or a folder of CSV; see `matching.tables.writer.write`."""
    from matching.tables.writer import write as run

    run(instance, Path(path), lang)


def write_template(path: str | PathLike[str], lang: Lang = "zh") -> None:
    """Write an empty workbook to start from; see `matching.tables.template.write_template`."""
    from matching.tables.template import write_template as run

    run(Path(path), lang)


def mark(paths: Sequence[str | PathLike[str]], findings: Sequence[Finding], out: str | PathLike[str],
         lang: Lang = "zh") -> tuple[Path, ...]:
    """Copy inputs with their findings marked; see `matching.tables.marks.mark`."""
    from matching.tables.marks import mark as run

    return run([Path(path) for path in paths], findings, Path(out), lang)


def read_plan(path: str | PathLike[str], instance: Instance) -> Plan:
    """Read a plan file or an edited report.xlsx; see `matching.tables.plans.read_plan`."""
    from matching.tables.plans import read_plan as run

    return run(Path(path), instance)


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as the object of its file; see `matching.tables.plan_json.plan_to_json`."""
    from matching.tables.plan_json import plan_to_json as run

    return run(plan)


def plan_from_json(document: Any) -> Plan:
    """Return the plan that a plan file's object states; see `matching.tables.plan_json.plan_from_json`."""
    from matching.tables.plan_json import plan_from_json as run

    return run(document)


def dump_plan(plan: Plan) -> bytes:
    """Return the bytes of a plan's file; see `matching.tables.plan_json.dump_plan`."""
    from matching.tables.plan_json import dump_plan as run

    return run(plan)
