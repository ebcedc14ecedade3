"""Chains, a material pairing, the group of 14 and the seven backbone teachers."""

import pytest
from instances.yeji.generate import HERE, build

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "yeji.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_19_schools_and_129_teachers(instance):
    assert (len(instance.sites), len(instance.teachers)) == (19, 129)
    assert sum(n.count for n in instance.needs) == 131
    assert [n.site_id for n in instance.needs if n.term != 1.0] == ["S014"]


def test_schools_in_the_middle_of_a_chain_receive_and_send(instance):
    staff = [p for p in instance.pairings if p.type == "staff"]
    both = {s.site_id for s in instance.sites if s.role == "both"}
    assert both == {p.origin for p in staff} & {p.destination for p in staff}
    assert len(both) == 4


def test_the_material_pairing_leads_to_posts_that_its_school_could_fill(instance):
    (row,) = [p for p in instance.pairings if p.type == "material"]
    asked = {n.subject for n in instance.needs if n.site_id == row.destination}
    assert asked & {t.subject for t in instance.teachers if t.home_site == row.origin}


def test_the_group_could_go_to_two_townships_and_seven_leave_one_school(instance):
    group = [t for t in instance.teachers if t.group]
    seven = [t for t in instance.teachers if t.mandatory]
    assert (len(group), len(seven)) == (14, 7)
    assert len({t.home_site for t in group}) == len({t.home_site for t in seven}) == 1
    paired = {p.destination for p in instance.pairings if p.origin == group[0].home_site}
    assert len({instance.site[site].township for site in paired}) == 2
