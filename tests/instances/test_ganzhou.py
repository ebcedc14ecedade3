"""Pairs of urban and rural schools, the consortium, heads and the posts outside."""

from collections import Counter

import pytest
from instances.ganzhou.generate import CONSORTIUM, HERE, build

from matching.policy import load
from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "ganzhou.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_each_of_13_urban_schools_has_two_of_26_rural_ones(instance):
    rows = [(instance.site[p.origin], instance.site[p.destination]) for p in instance.pairings if p.two_way]
    assert set(Counter(urban.site_id for urban, _ in rows).values()) == {2}
    assert len({urban.site_id for urban, _ in rows}) == 13
    assert len({rural.site_id for _, rural in rows}) == len(rows) == 26
    assert not any(urban.rural for urban, _ in rows)
    assert all(rural.rural and rural.role == "both" for _, rural in rows)


def test_the_consortium_is_the_sources(instance):
    members = [s.name for s in instance.sites if s.consortium == CONSORTIUM]
    assert sorted(members) == sorted(["南关", "张掖三中", "三闸", "花寨", "安阳"])


def test_17_heads_have_17_posts_of_their_own(instance):
    posts = [n.site_id for n in instance.needs if n.post_type == "secondment"]
    heads = [t.home_site for t in instance.teachers if t.duty == "校长"]
    assert len(heads) == 17
    assert sorted(posts) == sorted(heads)


def test_2013_differs_from_2014_in_its_number_alone():
    then, now = load(HERE / "2013.toml"), load("ganzhou")
    assert [r.id for r in then.rules] == [r.id for r in now.rules]
    assert [r.id for r in now.rules if then.rule(r.id) != r] == ["exchanged"]
    assert then.rule("exchanged").at_least == then.rule("exchanged").at_most == 137
