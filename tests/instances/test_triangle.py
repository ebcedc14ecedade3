"""Three kinds of sites, each sending to the next, for half a year."""

from collections import Counter

import pytest
from instances.triangle.generate import HERE, TOWN, VILLAGE, build

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "triangle.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_a_university_three_towns_five_villages_all_both_ways(instance):
    assert Counter(s.school_type for s in instance.sites) == {"高校": 1, TOWN: 3, VILLAGE: 5}
    assert {s.role for s in instance.sites} == {"both"}


def test_the_university_has_study_posts_and_every_post_is_for_half_a_year(instance):
    study = [n for n in instance.needs if instance.site[n.site_id].stages == ("university",)]
    assert {n.post_type for n in study} == {"study"}
    assert {n.term for n in instance.needs} == {0.5}
