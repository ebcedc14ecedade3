"""The two-way instance is what its README says."""

from collections import Counter

import pytest
from instances.two_way.generate import HERE, build

from matching.policy import load
from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "two_way.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_every_school_sends_and_receives(instance):
    assert {s.role for s in instance.sites} == {"both"}
    assert Counter(s.rural for s in instance.sites) == {True: 8, False: 3}
    assert Counter(n.post_type for n in instance.needs) == {"teaching": 16, "shadowing": 12}
    assert {n.term for n in instance.needs} == {1.0}


def test_one_of_a_tier_outweighs_all_of_the_next():
    policy = load("two_way")
    most = policy.rule("out").at_most
    first, second, rest = (w.weight for w in policy.goals[0].weights)
    assert first > most * second
    assert second > most * rest
