"""Small instances for the years."""

from dataclasses import replace
from datetime import date
from typing import Any

from matching.domain.instance import Instance
from matching.policy import load
from matching.policy.model import Policy
from matching.scenarios.years.service import Ledger, Service
from tests.builders import instance, need, site, teacher

REFERENCE = date(2026, 9, 1)


def base(**changes: Any) -> Policy:
    """The base policy, some fields of it changed."""
    return replace(load("base"), reference_date=REFERENCE, **changes)


def town(needs: int = 1, count: int = 1, teachers: int = 3, term: float = 1.0, hardship: int = 0,
         **columns: Any) -> Instance:
    """A town school with teachers, born 1990, and a village school with posts."""
    return instance(
        [site("S1", "sender", rural=False), site("S2", "receiver", hardship=hardship)],
        [need(f"N{k + 1}", "S2", count, term=term) for k in range(needs)],
        [teacher(f"T{k + 1}", "S1", **({"birth": date(1990, 1, 1), "title_since": date(2020, 9, 1)} | columns))
         for k in range(teachers)])


def served(*teachers: str, year: int = 2024, term: int = 1) -> Ledger:
    """A ledger in which these have served once."""
    return Ledger(tuple(Service(t, "S2", None, year, term, "resident") for t in teachers))
