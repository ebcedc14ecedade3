"""Class-hours: of the ledger, of the plan, and what is lacking."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from matching.domain.records import LedgerRow
from matching.policy.model import Credit, Policy, Quota
from matching.studies import Case, studies_of
from matching.studies.minima import Minimum, term_of
from tests import builders as b
from tests.studies.cases import TITLE, case, policy, rows, served, when

LEAST = Quota(id="hours", title=TITLE, measure="class_hours", per=("teacher_id",), at_least=Fraction(120),
              enforce="report")


def credit(activity: str, amount: str, **fields: object) -> Credit:
    return Credit(id=f"credit-{activity}", title=TITLE, activity=activity, unit="class_hours",
                  amount=Fraction(amount), **fields)  # type: ignore[arg-type]


RULES = policy(LEAST, credit("备课", "3", min_per_term=Fraction(2)), credit("听课", "1", min_per_term=Fraction(10)),
               credit("结对", "20", at_most=Fraction(2)), credit("讲座", "2.5"))
AUTUMN, SPRING = date(2025, 11, 3), date(2026, 3, 2)


def made(ledger: list[LedgerRow], rules: Policy = RULES, hours: int = 60, mode: str = "part_time") -> Case:
    sites = [b.site("S1", "sender"), b.site("H1", "receiver")]
    needs = [b.need("N1", "H1", total_hours=hours, weekly_hours=2, modes=(mode,))]
    people = [b.teacher("T1", "S1", modes=(mode,)), b.teacher("T2", "S1"), b.teacher("T3", "S1")]
    return case(b.instance(sites, needs, people, ledger=ledger), rules, ("T1", "N1"))


def test_what_the_ledger_is_credited_counts_beside_the_plan() -> None:
    ledger = [served("T1", "备课", 4, AUTUMN), served("T1", "听课", 10, AUTUMN), served("T1", "结对", 3, AUTUMN),
              served("T2", "讲座", 1, AUTUMN), served("T2", "听课", 10, AUTUMN), served("T2", "备课", 2, AUTUMN)]
    first, second = rows("hours", made(ledger))
    assert tuple(first) == ("T1", 62, 60, 122, 120, False, 0, ())
    assert tuple(second) == ("T2", 18.5, 0, 18.5, 120, True, 101.5, ())


def test_a_teacher_below_a_terms_least_is_named_with_the_activity_and_the_term() -> None:
    ledger = [served("T1", "备课", 1, AUTUMN), served("T1", "备课", 2, SPRING), served("T1", "听课", 12, SPRING)]
    row, = rows("hours", made(ledger))
    assert row.minima == (Minimum("备课", "2025-09", 1, 2), Minimum("听课", "2025-09", 0, 10))


@pytest.mark.parametrize(("day", "term"), [
    (date(2025, 9, 1), "2025-09"), (date(2026, 1, 31), "2025-09"), (date(2026, 2, 1), "2026-02"),
    (date(2026, 8, 31), "2026-02"), (None, "")])
def test_school_terms(day: date | None, term: str) -> None:
    assert term_of(day) == term


def test_hours_of_a_placement_may_be_credited_at_another_rate() -> None:
    double = policy(LEAST, credit("placement", "2", at_most=Fraction(50)))
    row, = rows("hours", made([], double))
    assert (row.placed, row.lacks) == (100, 20)


def test_without_a_rule_on_hours_nobody_lacks_any() -> None:
    row, = rows("hours", made([served("T2", "讲座", 1)], policy(credit("讲座", "1")), mode="resident"))
    assert tuple(row) == ("T2", 1, 0, 1, None, False, 0, ())
    assert "hours" not in studies_of(made([], policy()))


def test_years_are_the_term_unless_a_rule_says_otherwise() -> None:
    half = Credit(id="half", title=TITLE, activity="placement", unit="years", amount=Fraction(2))
    sites, people = [b.site("S1", "sender"), b.site("H1", "receiver")], [b.teacher("T1", "S1")]
    one = b.instance(sites, [b.need("N1", "H1", term=0.5)], people)
    assert [tuple(r) for r in rows("years", case(one, policy(half), ("T1", "N1")))] == [("T1", "N1", 0.5, 1)]
    assert [r.credited for r in rows("years", case(one, policy(), ("T1", "N1")))] == [0.5]
    assert "years" in studies_of(case(one, policy(half), ("T1", "N1")))


def test_only_placements_of_which_the_rule_speaks_are_held_against_it() -> None:
    some = policy(Quota(id="hours", title=TITLE, measure="class_hours", per=("teacher_id",), at_least=Fraction(120),
                        when=when("mode = part_time")))
    assert [r.lacks for r in rows("hours", made([], some))] == [60]
    assert not rows("hours", made([], some, mode="resident"))
    resident, waiting = rows("hours", made([served("T1", "讲座", 1), served("T2", "讲座", 1)], some, mode="resident"))
    assert (resident.required, waiting.required) == (None, 120)
