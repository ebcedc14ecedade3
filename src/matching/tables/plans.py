"""Plans from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError, error
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.tables import source_findings as say
from matching.tables.plan_json import plan_from_json
from matching.tables.plan_sheet import read_placements


def read_plan(path: Path, instance: Instance) -> Plan:
    """Read a plan file, or the sheet 安置明细 of a report.xlsx that may have been edited.

    Of a workbook only the ids of teacher and post are needed. The plan is then `edited`: a fact that a row leaves
    blank is None and not stated, and nothing is said of goals, rules or those left out; placements stand in the order
    of the instance's teachers. Ids that the instance does not know are kept, for the audit to name.

    Raises
    ------
    InputError
        The file is neither, or one of its statements cannot be read.
    """
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == b"PK"
    except FileNotFoundError as problem:
        raise InputError([say.no_such_file(path)]) from problem
    except OSError as problem:
        raise InputError([say.unreadable_file(path, problem)]) from problem
    return _edited(read_placements(path), instance) if zipped else _from_text(path)


def _edited(placements: tuple[Placement, ...], instance: Instance) -> Plan:
    order = {teacher.teacher_id: at for at, teacher in enumerate(instance.teachers)}
    known = sorted(placements, key=lambda placement: order.get(placement.teacher, len(order)))
    return Plan("edited", "unknown", 0, tuple(known), edited=True)


def _from_text(path: Path) -> Plan:
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as problem:
        raise InputError([_not_a_plan(path)]) from problem
    try:
        return plan_from_json(document)
    except InputError as problem:
        raise InputError(finding._replace(file=str(path)) for finding in problem.findings) from problem


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _not_a_plan(path: Path) -> Finding:
    return error("not_a_plan", f"{path.name} 既不是方案文件（plan-*.json），也不是 .xlsx 报告",
                 f"{path.name} is neither a plan file (plan-*.json) nor an .xlsx report", file=str(path),
                 suggest=("plan-main.json", "report.xlsx"))
