"""Plans that were carried out without the program, as plan files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matching.domain.instance import Instance
from matching.domain.plan import Plan


def plan_of(instance: Instance, policy: str | Path, pairs: Iterable[tuple[str, str]], plan_id: str) -> Plan:
    """Return the plan that places each (teacher id, need id); what it states of them is recounted under `policy`."""
    from matching.audit import Facts
    from matching.policy import load

    facts = Facts(instance, load(policy))
    order = {teacher.teacher_id: at for at, teacher in enumerate(instance.teachers)}
    placed = sorted((facts.placement(*pair) for pair in pairs), key=lambda p: order[p.teacher])
    return Plan(plan_id, "feasible", 0, tuple(placed))


def save_plan(instance: Instance, policy: str | Path, pairs: Iterable[tuple[str, str]], path: Path) -> None:
    """Write the plan of `plan_of` to ``plan-ID.json``; ID is in the file's name."""
    from matching.tables.plan_json import dump_plan

    path.write_bytes(dump_plan(plan_of(instance, policy, pairs, path.stem.removeprefix("plan-"))))
