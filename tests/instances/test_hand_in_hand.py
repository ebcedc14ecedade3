"""Pairs as designed, five subjects at either end, and a deputy head for a school term."""

import pytest
from instances.hand_in_hand.generate import HERE, LACKING, LONGER, SUBJECTS, build, pairs

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


@pytest.mark.parametrize(("name", "lacking"), [("hand_in_hand", None), ("short", LACKING)])
def test_the_workbooks_are_what_the_generator_makes(name, lacking):
    reading = read(HERE / f"{name}.xlsx")
    assert reading.findings == ()
    assert reading.instance == build(lacking)


def test_the_pairs_are_those_designed_and_meet_a_weakness(instance):
    assert instance.pairings == pairs(instance)
    for row in instance.pairings:
        strong, weak = instance.site[row.origin], instance.site[row.destination]
        assert row.two_way
        assert weak.weak > strong.weak
        assert set(strong.strong_subjects) & set(weak.weak_subjects)
    assert {row.destination for row in instance.pairings} == {s.site_id for s in instance.sites if s.weak}


def test_posts_for_the_five_subjects_at_either_end(instance):
    assert SUBJECTS == ("chinese", "math", "english", "art", "music")
    for site in instance.sites:
        partners = sum(site.site_id in (row.origin, row.destination) for row in instance.pairings)
        posts = {n.subject: n.count for n in instance.needs if n.site_id == site.site_id and n.post_type == "teaching"}
        assert posts == dict.fromkeys(SUBJECTS, partners)


def test_a_deputy_head_for_half_a_year(instance):
    posts = [n for n in instance.needs if n.post_type == "secondment"]
    assert {n.site_id for n in posts if n.term == 0.5} == {s.site_id for s in instance.sites if s.weak}
    assert [n.site_id for n in posts if n.term != 0.5] == [LONGER[1]]
