"""What a case as a whole was expected to come to, beside what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matching.programmes.expected import Title
from matching.programmes.figures import NONE
from matching.programmes.outcome import Check, Outcome

BREACH = "breach"
"""What is found of an audit that did not pass."""
TITLES = {
    "status": Title(zh="求解状态", en="Status"), "teachers": Title(zh="教师人数", en="Teachers"),
    "seats": Title(zh="需求席位", en="Seats"), "filled": Title(zh="已安置", en="Filled"),
    "audit": Title(zh="审计", en="Audit"), "breaches": Title(zh="违反的规则", en="Rules in breach"),
    "conflict": Title(zh="互相冲突的规则", en="Rules that clash"),
    "relaxation": Title(zh="最少放宽", en="The least relaxation"),
}


def seats(outcome: Outcome) -> int:
    """Return how many seats are asked for."""
    return sum(need.count for need in outcome.setting.instance.needs)


def filled(outcome: Outcome) -> int | None:
    """Return how many seats are filled; None without a plan."""
    return None if outcome.audit is None else len(outcome.audit.placements)


def breaches(outcome: Outcome) -> tuple[str, ...]:
    """Return the ids of the rules in breach, each once."""
    return tuple(dict.fromkeys(b.rule for b in outcome.audit.breaches)) if outcome.audit else ()


def conflict(outcome: Outcome) -> tuple[str, ...]:
    """Return the ids of the rules that clash, each once."""
    return tuple(dict.fromkeys(c.rule for c in outcome.diagnosis.conflict)) if outcome.diagnosis else ()


def relaxation(outcome: Outcome) -> int | None:
    """Return the least total relaxation, which is the first; None where there is none."""
    found = outcome.diagnosis.relaxations if outcome.diagnosis else ()
    return next((relaxed.total for relaxed in found), None)


def head_checks(outcome: Outcome) -> Iterator[Check]:
    """Yield what was expected of the case as a whole.

    Unless its status says that there is none, a plan is always expected, and that it passes the audit or does not.
    """
    case = outcome.case
    numbers: dict[str, int | None] = {
        "teachers": len(outcome.setting.instance.teachers), "seats": seats(outcome),
        "filled": filled(outcome), "relaxation": relaxation(outcome)}
    if case.status is not None:
        found = f"{outcome.status} ({outcome.stopped})" if outcome.stopped else outcome.status
        yield _check(case.id, "status", case.status, found)._replace(ok=outcome.status == case.status)
    for key, number in numbers.items():
        expected = getattr(case, key)
        if expected is not None:
            yield _check(case.id, key, str(expected), NONE if number is None else str(number))
    if case.conflict is not None:
        yield _check(case.id, "conflict", _set(case.conflict), _set(conflict(outcome)))
    if outcome.audit is not None or case.status not in ("infeasible", "unknown"):
        yield _audit_check(outcome)
    if case.breaches is not None:
        yield _check(case.id, "breaches", _set(case.breaches), _set(breaches(outcome)))


def _audit_check(outcome: Outcome) -> Check:
    said = {True: "pass", False: BREACH, None: NONE}
    passed = outcome.audit.ok if outcome.audit else None
    found = " ".join((said[passed], *breaches(outcome)))
    return _check(outcome.case.id, "audit", said[outcome.case.audit], found)._replace(ok=passed is outcome.case.audit)


def _check(case: str, name: str, expected: str, found: str) -> Check:
    return Check(case, name, TITLES[name], expected, found, expected == found)


def _set(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names))) or NONE
