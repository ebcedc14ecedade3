"""Quotas with what is there already (reading 41), and counts of sites (reading 42)."""

import pytest

from matching.domain.records import LedgerRow
from matching.policy.conditions import FieldRef
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import broken, credit, judge, judge_pairs, policy, quota

SITES = [b.site("S1", "sender"), b.site("S2", "sender"), b.site("R1", "receiver", staff=10),
         b.site("R2", "receiver", staff=4, pupils=7)]
NEEDS = [b.need("N1", "R1", 9, weekly_hours=10), b.need("N2", "R2", 9, weekly_hours=60), b.need("N3", "R2", 9)]
TEACHERS = [b.teacher(f"T{at}", "S1" if at % 2 else "S2") for at in range(6)]
HERE = [b.staffing("R1", exchange_staff=4), b.staffing("R2", "junior", subject="math", exchange_staff=3)]
LEDGER = [LedgerRow("T0", "R1", None, "授课", 57.5, None), LedgerRow("T1", "R1", None, "授课", 115.0, None)]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS, staffing=HERE, ledger=LEDGER)
TAUGHT = credit("taught", "授课", "1")


def lines(rule, *pairs):
    found = judge_pairs(INSTANCE, policy(rule, TAUGHT), pairs)
    return {x.group: (x.value, x.required, x.shortfall) for x in found.rules if x.rule == rule.id}


def test_a_share_of_the_staff_with_those_who_are_there():
    cap = quota("cap", per="host", of=FieldRef("host.staff"), at_most=0.5, plus="host.exchange_staff")
    assert lines(cap, ("T0", "N1"), ("T1", "N1")) == {"R1": ("6/10", "1/2", 1), "R2": ("3/4", "1/2", 1)}
    assert lines(cap, ("T0", "N1")) == {"R1": ("5/10", "1/2", 0), "R2": ("3/4", "1/2", 1)}
    found = judge_pairs(INSTANCE, policy(cap), [("T0", "N1"), ("T1", "N1")])
    assert broken(found) == [("cap", "R1"), ("cap", "R2")]
    assert [x.text.zh.partition("：")[2] for x in found.breaches] == [
        "现为 6 人（含原有 4 人），host.staff 为 10，至多可有 5 人，多 1 人",
        "现为 3 人（含原有 3 人），host.staff 为 4，至多可有 2 人，多 1 人"]
    assert found.breaches[0].text.en.endswith("6 of 10 (host.staff) (4 there before), at most 5 allowed, 1 too many")


def test_class_hours_with_those_that_are_credited():
    """57.5 and 60 are 2.5 short of 120, which is three whole hours; a teacher without a ledger has none."""
    floor = quota("floor", per="teacher_id", measure="class_hours", at_least=120, plus="credited_hours")
    found = lines(floor, ("T0", "N2"), ("T1", "N1"))
    assert [found[f"T{at}"] for at in range(3)] == [("117.5", 120, 3), (125, 120, 0), (0, 120, 120)]
    breach = judge_pairs(INSTANCE, policy(floor, TAUGHT), [("T0", "N2")]).breaches[0]
    assert (breach.group, breach.value, breach.required) == ("T0", "117.5", 120)
    assert breach.text.zh.endswith("现为 117.5 课时（含原有 57.5 课时），至少应有 120 课时，差 3 课时")


def test_from_seats_counts_placements_alone():
    floor = quota("floor", per="host", at_least=9, plus="host.exchange_staff", from_seats=2)
    assert lines(floor, ("T0", "N1"), ("T1", "N1"), ("T2", "N2")) == {"R1": (6, 9, 3), "R2": (4, 9, 0)}


def test_what_is_there_may_exceed_the_bound_where_nobody_goes():
    """Groups of two sides, too, are all judged: what is there breaks the bound of those without a placement."""
    cap = quota("cap", per="home * host", at_most=3, plus="host.exchange_staff")
    assert lines(cap, ("T0", "N2")) == {
        "S2 * R1": (4, 3, 1), "S2 * R2": (4, 3, 1), "S1 * R1": (4, 3, 1), "S1 * R2": (3, 3, 0)}


def test_an_elastic_bound_costs_what_is_there_too():
    cap = quota("cap", per="host", at_most=3, plus="host.exchange_staff", enforce="elastic", penalty=2)
    found = judge(INSTANCE, policy(cap, goals=(Goal("shortfall"),)), ("T0", "N1"), ("T1", "N2"))
    assert [g.value for g in found.goals] == [2 * (2 + 1)]


@pytest.mark.parametrize(("values", "line"), [
    ({"at_most": 1}, (2, 1, 1)), ({"at_least": 3}, (2, 3, 1)), ({"at_least": 3, "when": "host = R1"}, (1, 3, 2)),
    ({"at_most": 1, "from_seats": 4}, (2, 1, 0)), ({"at_most": 1, "from_seats": 3}, (2, 1, 1)),
])
def test_sites_are_counted_once(values, line):
    assert lines(quota("q", measure="sites", **values), ("T0", "N1"), ("T1", "N2"), ("T2", "N3")) == {"plan": line}


def test_sites_of_each_teacher_and_the_sentence():
    one = quota("one-site", per="teacher_id", measure="sites", at_most=1)
    found = judge_pairs(INSTANCE, policy(one), [("T0", "N1"), ("T0", "N2"), ("T1", "N2"), ("T1", "N3")])
    assert broken(found) == [("one-site", "T0")]
    assert found.breaches[0].text.zh == "规则one-site（“T0”）：现为 2 所学校，至多可有 1 所学校，多 1 所学校"
    assert found.breaches[0].text.en == "Rule one-site ('T0'): 2 sites, at most 1 allowed, 1 too many"
