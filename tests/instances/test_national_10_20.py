"""The rotation instance is what its README says."""

import pytest
from instances.national_10_20.generate import HERE, WORKBOOKS, build

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_workbooks_are_what_the_generator_makes(name):
    reading = read(HERE / f"{name}.xlsx")
    assert reading.findings == ()
    assert reading.instance == build(WORKBOOKS[name])


def test_twelve_town_schools_send_of_which_seven_state_how_many_are_eligible(instance):
    homes = {t.home_site for t in instance.teachers if not instance.site[t.home_site].rural}
    assert {instance.site[n.site_id].rural for n in instance.needs} == {True}
    stated = [instance.site[h].eligible_count for h in homes if instance.site[h].eligible_count is not None]
    assert (len(homes), len(stated), sum(stated)) == (12, 7, 355)


def test_one_rural_school_has_volunteers_whom_no_seat_asks_for(instance):
    rural = [t for t in instance.teachers if instance.site[t.home_site].rural]
    assert {instance.site[t.home_site].eligible_count for t in rural} == {60}
    assert not {t.subject for t in rural} & {n.subject for n in instance.needs}


def test_the_workbooks_differ_in_backbone_levels_alone(instance):
    for count in WORKBOOKS.values():
        other = build(count)
        assert sum(t.backbone == "county" for t in other.teachers) == count
        assert [t._replace(backbone="") for t in other.teachers] == [t._replace(backbone="") for t in instance.teachers]
        assert (other.sites, other.needs) == (instance.sites, instance.needs)
