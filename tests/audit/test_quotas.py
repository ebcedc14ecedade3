"""Quotas recounted: groups, bases, bounds, measures (Contract 2, Quotas; readings 13 to 21)."""

import pytest

from matching.domain.findings import InputError
from matching.policy.conditions import FieldRef
from tests import builders as b
from tests.audit.helpers import broken, judge, policy, quota, require, subsidy

SITES = [
    b.site("S1", "sender", county="甲县", eligible_count=9, send_max=1),
    b.site("S2", "sender", county="甲县"),
    b.site("R1", "receiver", county="乙县", dorm="宿舍", beds=1, staff=7),
    b.site("R2", "receiver", county="乙县", dorm="宿舍", beds=1, receive_max=2),
    b.site("R3", "receiver", county="丙县", beds=3),
]
NEEDS = [
    b.need("N1", "R1", 2, weekly_hours=10, total_hours=99),
    b.need("N2", "R2", 3, modes=("part_time", "resident"), weekly_hours=10, total_hours=40, subject="math"),
    b.need("N3", "R3", 4),
]
TEACHERS = [
    b.teacher("T1", "S1", backbone="city"),
    b.teacher("T2", "S1"),
    b.teacher("T3", "S2", modes=("part_time", "resident"), subject="math"),
    b.teacher("T4", "S2", deferred=True),
    b.teacher("T5", "S2", status="pending"),
]
ROADS = [b.distance("甲县", "乙县", 10.05), b.distance("甲县", "丙县", 30)]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS, distances=ROADS)
ALL = (("T1", "N1"), ("T2", "N1"), ("T3", "N2"))


def lines(rule, *pairs, instance=INSTANCE, rules=()):
    found = judge(instance, policy(rule, *rules), *pairs)
    return {r.group: (r.value, r.required, r.shortfall) for r in found.rules if r.rule == rule.id}


def test_absolute_bounds_per_need_and_the_sentence():
    seats = quota("seats", per="need_id", at_most="need.count")
    assert lines(seats, *ALL) == {"N1": (2, 2, 0), "N2": (1, 3, 0), "N3": (0, 4, 0)}
    found = judge(INSTANCE, policy(seats), *ALL, ("T4", "N1"))
    assert [(x.rule, x.group, x.value, x.required) for x in found.breaches] == [("seats", "N1", 3, 2)]
    assert found.breaches[0].text.zh == "规则seats（“N1”）：现为 3 人，至多可有 2 人，多 1 人"


def test_share_of_placed_and_its_shortfall():
    share = quota("share", count="backbone = yes", of="placed", at_least=0.5)
    assert lines(share, *ALL) == {"plan": ("1/3", "1/2", 1)}
    assert lines(share) == {"plan": ("0/0", "1/2", 0)}
    found = judge(INSTANCE, policy(share), *ALL)
    assert found.breaches[0].text.zh == "规则share（全部）：现为 1 人，安置 3 人，至少应有 2 人，差 1 人"
    assert (found.breaches[0].value, found.breaches[0].required) == ("1/3", "1/2")


def test_share_short_by_one_of_47_with_9():
    staff = [b.teacher(f"T{i}", "S1", backbone="city" if i < 9 else "none") for i in range(47)]
    where = b.instance(SITES, [b.need("N1", "R1", 47)], staff)
    share = quota("backbone-share", count="backbone = yes", of="placed", at_least=0.2)
    pairs = [(t.teacher_id, "N1") for t in staff]
    assert lines(share, *pairs, instance=where) == {"plan": ("9/47", "1/5", 1)}
    assert lines(share, *pairs[:45], instance=where) == {"plan": ("9/45", "1/5", 0)}


def test_when_narrows_the_placed_and_count_takes_any_of_a_list():
    share = quota("share", when="home = S1", count=(), of="placed", at_most=0.5)
    assert lines(share, *ALL) == {"plan": ("2/2", "1/2", 1)}


@pytest.mark.parametrize(("of", "when", "line"), [
    ("demand", "", ("3/9", "1/2", 2)),
    ("demand", "host.county = 乙县; backbone = yes", ("1/5", "1/2", 2)),
    ("teachers", "", ("3/4", "1/2", 0)),
    ("teachers", "home = S2; host = R2", ("1/2", "1/2", 0)),
    ("eligible", "", ("3/10", "1/2", 2)),
    ("eligible", "home = S2", ("1/1", "1/2", 0)),
    ("eligible", "backbone = yes", ("1/1", "1/2", 0)),
])
def test_fixed_bases(of, when, line):
    """S1 states 9 eligible; of S2, T4 is deferred and T5 not approved; T3 alone has an eligible post there."""
    rules = [require("deferred", that="deferred = no"), require("subject", that="subject_fit != none")]
    assert lines(quota("q", when=when, of=of, at_least=0.5), *ALL, rules=rules) == {"plan": line}


def test_eligible_counts_teachers_where_groups_are_not_whole_sites():
    rules = [require("subject", that="subject_fit != none")]
    by_subject = quota("q", of="eligible", per="home * subject", at_most=1)
    assert lines(by_subject, *ALL, rules=rules) == {
        "S1 * chinese": ("2/2", 1, 0), "S2 * math": ("0/1", 1, 0), "S2 * chinese": ("0/1", 1, 0)}
    whole = quota("q", of="eligible", per="home.county", at_least=0.3)
    assert lines(whole, *ALL, rules=rules) == {"甲县": ("2/11", "3/10", 2)}


def test_a_field_of_the_group_as_base():
    assert lines(quota("q", of=None, per="host", at_most="host.staff"), *ALL) == {"R1": (2, 7, 0)}
    share = quota("q", of=FieldRef("host.staff"), per="host", at_most=0.2)
    assert lines(share, *ALL) == {"R1": ("2/7", "1/5", 1)}


def test_quotas_per_home_and_of_beds_count_resident_placements_only():
    assert lines(quota("q", per="home", at_most="home.send_max"), *ALL) == {"S1": (2, 1, 1)}
    assert lines(quota("q", per="home", at_most=0), *ALL) == {"S1": (2, 0, 2), "S2": (0, 0, 0)}
    assert lines(quota("q", per="host.dorm", at_most="host.beds"), *ALL) == {"宿舍": (2, 1, 1), "R3": (0, 3, 0)}
    assert lines(quota("q", per="host", at_most=0), *ALL) == {"R1": (2, 0, 2), "R2": (1, 0, 1), "R3": (0, 0, 0)}


def test_two_fields_of_one_side_give_pairs_that_occur_of_two_sides_all():
    one = lines(quota("q", per="host.county * need.subject", at_least=1), *ALL)
    assert set(one) == {"乙县 * chinese", "乙县 * math", "丙县 * chinese"}
    two = lines(quota("q", per="home.county * host.county", at_least=1), *ALL)
    assert two == {"甲县 * 乙县": (2, 1, 0), "甲县 * 丙县": (0, 1, 1)}
    assert lines(quota("q", per="home * host", at_most=1), *ALL) == {"S1 * R1": (2, 1, 1)}


def test_an_empty_group_value_forms_no_group():
    found = lines(quota("q", per="host.zone", at_most=0), *ALL)
    assert found == {}
    assert lines(quota("q", per="gender", at_most=0), *ALL) == {}


def test_from_seats():
    rule = quota("q", count="backbone = yes", per="host.county", at_least=2, from_seats=3)
    assert lines(rule, *ALL[:2]) == {"乙县": (1, 2, 0), "丙县": (0, 2, 0)}
    assert lines(rule, *ALL) == {"乙县": (1, 2, 1), "丙县": (0, 2, 0)}


@pytest.mark.parametrize(("measure", "bounds", "line"), [
    ("km", {"at_most": 30.2}, ("30.3", "30.2", 1)),
    ("km", {"at_most": 30.25}, ("30.3", "30.2", 1)),
    ("km", {"of": "placed", "at_most": 10}, ("30.3/3", 10, 3)),
    ("yuan", {"at_most": 2500}, (3000, 2500, 1)),
    ("yuan", {"at_least": 4001}, (3000, 4001, 2)),
    ("class_hours", {"at_least": 61}, (60, 61, 1)),
    ("sites", {"at_most": 1}, (2, 1, 1)),
    ("seats", {"at_least": 2.5, "at_most": 3.5}, (3, 3, 0)),
    ("seats", {"at_least": 1, "at_most": 2}, (3, "1..2", 1)),
])
def test_measures(measure, bounds, line):
    """10.05 km are 101 hectometres; T3 is part-time at N2: 10 + 10 + 40 hours."""
    rule = quota("q", measure=measure, **bounds)
    assert lines(rule, *ALL, rules=[subsidy("pay", 1000)]) == {"plan": line}


def test_pairing_rows():
    rows = [b.pairing("甲县", "乙县", "must"), b.pairing("S1", "R1", maximum=1), b.pairing("S1", "R1", "prefer"),
            b.pairing("甲县", "乙县", type="material")]
    where = b.instance(SITES, NEEDS, TEACHERS, pairings=rows)
    low = quota("q", per="pairing.row", at_least="pairing.min")
    high = quota("q", per="pairing.row", at_most="pairing.max")
    assert lines(low, instance=where) == {"甲县 > 乙县": (0, 1, 1)}
    assert lines(low, *ALL, instance=where) == {"甲县 > 乙县": (3, 1, 0)}
    assert lines(high, *ALL, instance=where) == {"S1 > R1": (2, 1, 1)}
    assert set(lines(quota("q", per="pairing.row", at_least=0), *ALL, instance=where)) == {
        "甲县 > 乙县", "S1 > R1", "S1 > R1 #2"}


def test_staffing_rows():
    rows = [b.staffing("S1", subject="chinese", send_max=1), b.staffing("S1", send_max=2), b.staffing("S2", "junior")]
    where = b.instance(SITES, NEEDS, TEACHERS, staffing=rows)
    rule = quota("q", per="staffing.row", at_most="staffing.send_max")
    assert lines(rule, *ALL, instance=where) == {"S1 primary chinese": (2, 1, 1), "S1 primary *": (2, 2, 0)}
    share = quota("q", per="staffing.row", of="teachers", at_most=1)
    assert lines(share, *ALL, instance=where)["S1 primary chinese"] == ("2/2", 1, 0)
    assert lines(share, *ALL, instance=where)["S2 junior *"] == ("0/0", 1, 0)


@pytest.mark.parametrize("rule", [
    quota("q", per="home", of="demand", at_least=0.1),
    quota("q", per="host", of="teachers", at_least=0.1),
    quota("q", per="home", at_most="host.beds"),
    quota("q", per="host.county", at_most="host.name"),
    quota("q", per="host.county", at_most="host.beds"),
    quota("q", per="pairing", at_most=1),
])
def test_what_has_no_meaning_is_refused(rule):
    unlike = [s._replace(beds=s.beds and int(s.site_id[1])) for s in SITES]
    where = b.instance(unlike, NEEDS, TEACHERS)
    with pytest.raises(InputError):
        judge(where, policy(rule), *ALL)


def test_a_reported_quota_needs_no_bound():
    counted = lines(quota("q", per="host", enforce="report"), *ALL)
    assert counted == {"R1": (2, "", 0), "R2": (1, "", 0), "R3": (0, "", 0)}


def test_elastic_and_report_quotas_are_lines_not_breaches():
    rules = [quota("a", at_most=1, enforce="elastic"), quota("b", at_most=1, enforce="report"),
             quota("c", at_most=1, on=False)]
    found = judge(INSTANCE, policy(*rules, goals=()), *ALL)
    assert broken(found) == []
    assert [(r.rule, r.ok, r.shortfall) for r in found.rules] == [("a", False, 2), ("b", False, 2)]
