"""Activities of which a teacher did less in a school term than the policy asks for (reading 45)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from matching.domain.records import LedgerRow
from matching.domain.vocabulary import fold
from matching.policy.model import Credit
from matching.studies.case import Case
from matching.studies.credit import PLACEMENT, plain


class Minimum(NamedTuple):
    """`done` of an activity in a term, where `least` was asked for; `term` is its first month, empty without dates."""

    activity: str
    term: str
    done: int | float
    least: int | float


def term_of(day: date | None) -> str:
    """Return the first month of the school term, ``2025-09`` or ``2026-02``; September to January is one."""
    if day is None:
        return ""
    if 2 <= day.month <= 8:
        return f"{day.year}-02"
    return f"{day.year if day.month >= 9 else day.year - 1}-09"


def minima(case: Case) -> Mapping[str, tuple[Minimum, ...]]:
    """Return what each teacher of the ledger did too little of, term by term."""
    rules = [(rule, case.matching(rule.when)) for rule in case.policy.active(Credit) if rule.activity != PLACEMENT]
    found = {}
    for teacher, rows in ledger(case).items():
        mine = _first([rule for rule, matches in rules if matches[case.teacher_at[teacher]]])
        found[teacher] = tuple(m for rule in mine for m in _below(rule, rows))
    return found


def ledger(case: Case) -> Mapping[str, Sequence[LedgerRow]]:
    """Return the rows of each teacher in the ledger."""
    found: dict[str, list[LedgerRow]] = {}
    for row in case.instance.ledger:
        found.setdefault(row.teacher_id, []).append(row)
    return found


def _first(rules: Sequence[Credit]) -> list[Credit]:
    """Return of each activity and unit the first rule."""
    by_kind: dict[tuple[str, str], Credit] = {}
    for rule in rules:
        by_kind.setdefault((fold(rule.activity), rule.unit), rule)
    return list(by_kind.values())


def _below(rule: Credit, rows: Sequence[LedgerRow]) -> list[Minimum]:
    least = rule.min_per_term
    if least is None:
        return []
    done = dict.fromkeys(sorted({term_of(r.date) for r in rows}), Fraction(0))
    for row in rows:
        if fold(row.activity) == fold(rule.activity):
            done[term_of(row.date)] += Fraction(repr(row.quantity))
    return [Minimum(rule.activity, term, plain(n), plain(least)) for term, n in done.items() if n < least]
