"""The ledger and its conversion to class-hours, added up by hand."""

from collections import defaultdict

import pytest
from instances.hefei_part_time.generate import HERE, LEDGERS, build

from matching.policy import load
from matching.policy.model import Credit
from matching.tables import read

BY_HAND = {"lessons": 72, "mentor": 58, "events": 115, "guest": 66, "begun": 26}


@pytest.fixture(scope="module")
def instance():
    return build()


@pytest.fixture(scope="module")
def credits():
    return {rule.activity: rule for rule in load("hefei_part_time").active(Credit)}


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "hefei_part_time.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_the_conversion_is_the_sources(credits):
    amounts = {activity: int(rule.amount) for activity, rule in credits.items()}
    assert amounts == {"授课": 1, "听课": 1, "跟岗": 1, "拓展课": 1, "联合备课": 3, "带教青年教师": 20, "示范课": 4,
                       "报告": 5, "讲座": 10, "联合教研": 5}
    assert {a: int(r.min_per_term) for a, r in credits.items() if r.min_per_term} == {"听课": 10, "联合备课": 2}
    assert {a: int(r.at_most) for a, r in credits.items() if r.at_most} == {"带教青年教师": 2}


def test_the_ledgers_come_to_what_the_generator_says(credits):
    for kind, served in LEDGERS.items():
        mentees = {"带教青年教师": 2}
        hours = sum(credits[a].amount * min(sum(quantities), mentees.get(a, 1000)) for a, quantities in served.items())
        assert hours == BY_HAND[kind]


def test_everybody_has_served_at_one_school(instance):
    sites = defaultdict(set)
    for row in instance.ledger:
        sites[row.teacher_id].add(row.site_id)
    assert len(sites) == 18
    assert all(len(mine) == 1 for mine in sites.values())


def test_posts_are_part_time_in_class_hours_but_for_one_online(instance):
    part_time = [n for n in instance.needs if n.modes == ("part_time",)]
    assert {n.total_hours for n in part_time} == {80, 40}
    assert [n.modes for n in instance.needs if n not in part_time] == [("online",)]
