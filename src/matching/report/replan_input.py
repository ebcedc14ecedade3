"""What a replanning is asked about: a run's plan, an edited one, and further teachers and posts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from matching.domain.findings import Finding, InputError, error
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.report.read_run import Run, is_run, read_run
from matching.scenarios.replan import Before
from matching.scenarios.replan.faults import nothing_changed, unknown_in_plan

ADDED = ("teachers", "needs", "sites", "pairings", "distances")
"""Sheets that may be added to; what the policy says cannot be changed so."""


class Asked(NamedTuple):
    """What is replanned from, the run that it is of, and warnings about what was added."""

    before: Before
    run: Run
    findings: tuple[Finding, ...] = ()


def asked_of(given: Path, plan: str | None = None, add: Path | None = None) -> Asked:
    """Read a run folder, or a report.xlsx or plan file in one, and what is to be added to it.

    Parameters
    ----------
    plan : a plan's id, or a file that holds an edited plan; the plan ranked first where None
    add : a file of further rows

    Raises
    ------
    InputError
        Where one of them cannot be used: the run was changed, a plan names what is unknown, an id is there already.
    """
    run, edited = _run(given, plan)
    instance, findings = (run.instance, ()) if add is None else added(run.instance, add)
    return Asked(Before(instance, run.policy, _plan(run, plan, edited)), run, findings)


def _run(given: Path, plan: str | None) -> tuple[Run, Path | None]:
    edited = Path(plan) if plan is not None and Path(plan).suffix.lower() in (".xlsx", ".xlsm", ".json") else None
    if given.is_file() and is_run(given.parent):
        return read_run(given.parent, originals=False), given
    return read_run(given, originals=False), edited


def _plan(run: Run, plan: str | None, edited: Path | None) -> Plan:
    if edited is None:
        return run.plans[run.plan_id(plan)]
    from matching.tables import read_plan

    found = read_plan(edited, run.instance)
    unknown = sorted({p.teacher for p in found.placements if p.teacher not in run.instance.teacher}
                     | {p.need for p in found.placements if p.need not in run.instance.need})
    if unknown:
        raise InputError([unknown_in_plan(edited, tuple(unknown))])
    known = found.plan in run.plans
    return found if known else replace(found, plan=run.plan_id(None))


def check_changed(asked: Asked, add: Path | None) -> None:
    """Refuse a call that changes nothing.

    Raises
    ------
    InputError
        Where the plan is as it was solved and nothing is added.
    """
    plan = asked.before.plan
    own = asked.run.plans.get(plan.plan)
    same = own is not None and {(p.teacher, p.need) for p in own.placements} == {(p.teacher, p.need)
                                                                                for p in plan.placements}
    if add is None and same:
        raise InputError([nothing_changed()])


def added(instance: Instance, add: Path) -> tuple[Instance, tuple[Finding, ...]]:
    """Return an instance with the rows of a file, or of a folder of CSV files, behind its own, and warnings of these.

    Raises
    ------
    InputError
        Where a row cannot be read, an id is there already, or the file holds a policy's sheets.
    """
    from matching.tables import read, write

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input.json"
        write(instance, path)
        reading = read([path, add])
        findings = tuple(f for f in reading.findings if f.file is None or Path(f.file).name != path.name)
    if reading.instance is None:
        raise InputError(findings or reading.findings)
    if any(len(getattr(reading.instance, key)) != len(getattr(instance, key)) for key in ("policy", "goals", "points")):
        raise InputError([error(
            "policy_added", f"{add.name} 里有政策、目标或积分表；重新安排沿用原来的政策，请去掉这些表。",
            f"{add.name} holds a policy's sheets; replanning keeps the run's policy: leave them out.", file=str(add))])
    return reading.instance, findings
