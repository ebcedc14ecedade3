"""Fields of the 课时 and 师资 sheets (readings 45 and 46)."""

from fractions import Fraction

import pytest

from matching.audit import Facts
from matching.domain.findings import InputError
from matching.domain.records import LedgerRow
from tests import builders as b
from tests.audit.helpers import broken, credit, judge_pairs, policy, require

SITES = [b.site("S1", "sender", rural=True), b.site("S2", "sender"), b.site("R1", "receiver"), b.site("R2", "receiver")]
STAFF = [b.teacher("T1", "S1", backbone="city"), b.teacher("T2", "S2")]
POSTS = [b.need("N1", "R1", 3), b.need("N2", "R2", 3)]


def ledger(*rows):
    return [LedgerRow(teacher, site, None, activity, quantity, None) for teacher, site, activity, quantity in rows]


LEDGER = ledger(("T1", "R1", "授课", 30.5), ("T1", "R1", " 带徒", 2.0), ("T1", None, "带徒", 1.0),
                ("T1", "R2", "placement", 9.0), ("T2", "R1", "授课", 10.0), ("T1", "R1", "散步", 5.0))


def facts_of(*rules, **sheets):
    return Facts(b.instance(SITES, POSTS, STAFF, **({"ledger": LEDGER} | sheets)), policy(*rules))


def hours(*rules):
    facts = facts_of(*rules)
    return [facts.get("credited_hours", half) for half in facts.senders.values()]


@pytest.mark.parametrize(("rules", "credited"), [
    ((), [0, 0]),
    ((credit("a", "授课", "1"),), [Fraction("30.5"), 10]),
    ((credit("a", "带徒", "20", at_most=2),), [40, 0]),
    ((credit("a", "授课", "1"), credit("b", "带徒", "20")), [Fraction("90.5"), 10]),
    ((credit("a", "授课", "2", when="backbone = yes"), credit("b", "授课", "0.5")), [61, 5]),
    ((credit("a", "授课", "2", when="home.rural = yes"), credit("b", "授课", "9", on=False)), [61, 0]),
    ((credit("a", "授课", "1", "years"), credit("b", "授课", "3")), [Fraction("91.5"), 30]),
    ((credit("a", "placement", "1"), credit("b", "授课", "1", min_per_term=99)), [Fraction("30.5"), 10]),
])
def test_credited_hours(rules, credited):
    """Of one activity and unit the first rule that matches counts, of at most its `at_most`; placements are none."""
    assert hours(*rules) == credited


@pytest.mark.parametrize("when", ["host.rural = yes", "credited_hours > 3"])
def test_a_credit_speaks_of_teachers(when):
    with pytest.raises(InputError):
        hours(credit("a", "授课", "1", when=when))


def test_conditions_on_the_ledger():
    rules = policy(credit("a", "授课", "1"), require("few", that="credited_hours <= 10.5"),
                   require("there", that="host in ledger_sites"))
    instance = b.instance(SITES, POSTS, [*STAFF, b.teacher("T3", "S2")], ledger=LEDGER)
    found = judge_pairs(instance, rules, [("T1", "N2"), ("T2", "N2"), ("T3", "N2"), ("T2", "N1")])
    assert broken(found) == [("few", "T1 -> N2"), ("there", "T2 -> N2")]


def test_ledger_sites_are_those_of_the_rows():
    facts = facts_of()
    assert [facts.get("ledger_sites", half) for half in facts.senders.values()] == [("R1", "R2"), ("R1",)]


@pytest.mark.parametrize(("rows", "number"), [
    ([], None),
    ([{}], None),
    ([{"exchange_staff": 3}], 3),
    ([{"exchange_staff": 3}, {"subject": "math", "exchange_staff": 2}], 3),
    ([{"subject": "chinese"}, {"subject": "math", "exchange_staff": 2}, {"subject": "art", "exchange_staff": 5}], 7),
    ([{"exchange_staff": 3}, {"exchange_staff": 1}], 4),
    ([{"exchange_staff": 3}, {"stage": "junior", "subject": "math", "exchange_staff": 2}], 5),
])
def test_exchange_staff_is_added_over_stages(rows, number):
    at = [b.staffing(site, **row) for site in ("S1", "R2") for row in rows]
    facts = facts_of(staffing=at)
    pair, other = facts.pair("T1", "N2"), facts.pair("T2", "N1")
    assert facts.get("home.exchange_staff", pair) == facts.get("host.exchange_staff", pair) == number
    assert facts.get("home.exchange_staff", other) is facts.get("host.exchange_staff", other) is None
