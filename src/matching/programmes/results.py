"""Results as the machine-readable answer of `matching programmes` (Contract 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matching.domain.findings import Finding
from matching.programmes.heads import breaches, conflict, filled, relaxation, seats
from matching.programmes.outcome import Check, Outcome
from matching.programmes.programme import Programme
from matching.programmes.standing import standings


def programmes_to_dict(programmes: Iterable[Programme]) -> dict[str, Any]:
    """Return what ``programmes --json`` prints."""
    return {"programmes": [programme_to_dict(programme) for programme in programmes]}


def programme_to_dict(programme: Programme) -> dict[str, Any]:
    """Return one programme; of one that could not be read, all that is known is its findings."""
    empty = dict.fromkeys(("teachers", "seats", "filled", "status", "audit"))
    first = _case(programme.outcomes[0]) if programme.outcomes else {**empty, "rules": []}
    head = {key: first[key] for key in (*empty, "rules")}
    return {
        "id": programme.id, **head, "seconds": round(programme.seconds, 3), "ok": programme.ok,
        "title": programme.title._asdict(), "figures": [_check(c) for c in programme.checks],
        "cases": [_case(outcome) for outcome in programme.outcomes],
        "findings": [_finding(finding) for finding in programme.findings],
    }


def _case(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.case.id, "policy": outcome.setting.policy.id,
        "teachers": len(outcome.setting.instance.teachers), "seats": seats(outcome), "filled": filled(outcome),
        "status": outcome.status, "stopped": outcome.stopped, "audit": outcome.audit.ok if outcome.audit else None,
        "breaches": list(breaches(outcome)), "conflict": list(conflict(outcome)), "relaxation": relaxation(outcome),
        "rules": [{"rule": s.rule.id, "ok": s.ok, "shortfall": s.shortfall, "groups": s.groups}
                  for s in standings(outcome)],
        "seconds": round(outcome.seconds, 3),
    }


def _check(check: Check) -> dict[str, Any]:
    return {"case": check.case, "id": check.id, "title": check.title.model_dump(), "expected": check.expected,
            "found": check.found, "ok": check.ok}


def _finding(finding: Finding) -> dict[str, Any]:
    from matching.tables.reading import finding_to_dict

    return finding_to_dict(finding)
