"""The Miyun instance is what its README says."""

from collections import Counter

import pytest
from instances.miyun import figures as f
from instances.miyun.generate import HERE, build

from matching.policy import load
from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "miyun.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_schools_and_seats_are_the_sources(instance):
    assert len(instance.sites) == f.SCHOOLS == 52
    seats = Counter()
    for need in instance.needs:
        seats[need.post_type, instance.site[need.site_id].rural, need.term] += need.count
    assert seats["teaching", True, f.TERM] == f.UP == 552
    assert seats["teaching", False, f.TERM] == f.DOWN + f.WITHIN == 498
    assert seats.total() - 1050 == f.HEADS_DUE


def test_the_policy_says_the_sources_numbers():
    policy = load("miyun")
    exact = {rule: policy.rule(rule).at_least for rule in ("up", "down", "within-town")}
    assert exact == {"up": f.UP, "down": f.DOWN, "within-town": f.WITHIN}
    assert exact == {rule: policy.rule(rule).at_most for rule in exact}
    assert {r.amount for r in policy.rules if r.kind == "subsidy"} == {6000, 400, 500, 600, 700}


def test_four_schools_have_subjects_that_exchange_teachers_alone_teach(instance):
    rows = [r for r in instance.staffing if r.subject and r.staff == r.exchange_staff]
    assert {r.subject for r in rows} == set(f.RESTING)
    assert len({r.site_id for r in rows}) == f.OVER_HALF == 4


def test_nobody_is_marked_as_mandatory(instance):
    assert not any(t.mandatory for t in instance.teachers)
