"""What the ledger is credited, and the other fields that are added up from rows."""

from datetime import date

import numpy as np
import pytest

from matching.domain.findings import InputError
from matching.domain.records import LedgerRow
from matching.domain.text import Text
from matching.policy import condition
from matching.policy.model import Credit, Policy
from matching.problem.conditions import Pairs, holds
from matching.problem.credits import CreditedFields
from tests.builders import instance, need, site, staffing, teacher

TITLE = Text("测试", "Test")
LEDGER = [LedgerRow("T1", "B", date(2026, 3, 2), "讲座", 1.1, None), LedgerRow("T1", None, None, "讲座 ", 2.2, None),
          LedgerRow("T1", "C", date(2026, 3, 9), "听课", 7.0, None),
          LedgerRow("T2", "B", None, "讲座", 30.0, None), LedgerRow("T2", "B", None, "讲座", 5.0, None)]


def credit(rule_id, activity, amount, unit="class_hours", **given):
    return Credit(id=rule_id, title=TITLE, activity=activity, unit=unit, amount=amount, **given)


def fields(*rules, ledger=LEDGER, staff=()):
    sites = [site("A", "sender"), site("B", "receiver"), site("C", "receiver")]
    people = [teacher("T1", "A"), teacher("T2", "A", title="senior"), teacher("T3", "A")]
    made = instance(sites, [need("N1", "B"), need("N2", "C")], people, ledger=ledger, staffing=staff)
    return CreditedFields(made, Policy("test", TITLE, date(2026, 9, 1), rules=rules))


def hours(*rules):
    return fields(*rules).raw("credited_hours")


def test_quantities_are_added_exactly_and_capped():
    assert hours(credit("c", "讲座", 3)) == [9.9, 105.0, 0.0]
    assert hours(credit("c", "讲座", 2, at_most=20)) == [6.6, 40.0, 0.0]


def test_without_a_rule_nothing_is_credited():
    assert hours() == hours(credit("y", "讲座", 1, "years")) == hours(credit("p", "placement", 1)) == [0.0] * 3


def test_of_one_activity_the_first_rule_that_matches_counts():
    seniors = credit("s", "讲座", 2, when=(condition("title = senior"),))
    assert hours(seniors, credit("c", "讲座", 1), credit("l", "听课", 1)) == [10.3, 70.0, 0.0]


def test_a_rule_that_asks_for_the_hours_it_makes_is_refused():
    with pytest.raises(InputError):
        hours(credit("c", "讲座", 1, when=(condition("credited_hours > 1"),)))


def test_hours_and_sites_of_the_ledger_stand_in_conditions():
    made = fields(credit("c", "讲座", 1))
    pairs = Pairs(np.repeat(np.arange(3), 2), np.tile(np.arange(2), 3))
    assert holds((condition("credited_hours >= 3.3"),), made, pairs).tolist() == [True] * 4 + [False] * 2
    assert holds((condition("host in ledger_sites"),), made, pairs).tolist() == [True, True, True, False, True, True]
    assert holds((condition("ledger_sites is empty"),), made, pairs).tolist() == [False] * 4 + [True] * 2


def test_exchange_staff_is_added_over_stages():
    rows = [staffing("A", exchange_staff=3), staffing("A", subject="math", exchange_staff=9),
            staffing("A", "junior", subject="math", exchange_staff=2), staffing("A", "junior", subject="pe"),
            staffing("A", "junior", subject="chinese", exchange_staff=1), staffing("B", staff=4)]
    made = fields(staff=rows)
    assert made.values("home.exchange_staff").array.tolist() == [6.0] * 3
    assert np.isnan(made.values("host.exchange_staff").array).all()
