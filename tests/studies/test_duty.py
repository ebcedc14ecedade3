"""Rotation duty by school."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from matching.policy.model import Policy, Quota
from matching.studies import Case, studies_of
from tests import builders as b
from tests.studies.cases import BASE, TITLE, case, policy, rows, when

FIFTH = Quota(id="exchange-share", title=TITLE, of="eligible", at_least=Fraction(1, 5), when=when("home.rural = no"))


def made(rules: Policy, *pairs: tuple[str, str], **town: Any) -> Case:
    """Six of the town's school, one of whom nobody wants, one not approved; two of a village's."""
    sites = [b.site("S1", "sender", **town), b.site("S2", "sender", rural=True), b.site("H1", "receiver")]
    people = [*(b.teacher(f"T{i}", "S1") for i in range(1, 5)), b.teacher("T5", "S1", subject="cooking"),
              b.teacher("T6", "S1", status="pending"), b.teacher("T7", "S2"), b.teacher("T8", "S2")]
    needs = [b.need("N1", "H1", 3), b.need("N2", "H1", modes=("online",))]
    return case(b.instance(sites, needs, people), rules, *pairs)


def test_a_tenth_of_those_with_a_post_rounded_up() -> None:
    assert [tuple(r) for r in rows("duty", made(BASE, ("T1", "N1")))] == [("S1", 4, 1, 1, 0), ("S2", 2, 1, 0, 1)]


def test_the_share_and_the_schools_are_the_policys() -> None:
    found = rows("duty", made(policy(FIFTH), ("T7", "N1"), eligible_count=11))
    assert [tuple(r) for r in found] == [("S1", 11, 3, 0, 3)]


def test_the_duty_is_told_where_it_is_asked_for_or_stated() -> None:
    assert "duty" in studies_of(made(policy(FIFTH)))
    assert "duty" in studies_of(made(BASE, eligible_count=11))
    assert "duty" not in studies_of(made(BASE))
