"""The area matrix of the source, and what the schools vetted."""

from collections import Counter

import pytest
from instances.hefei_resident.generate import AREAS, CITY, COUNTIES, HERE, build

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "hefei_resident.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_the_areas_are_those_of_the_source(instance):
    rows = {(p.origin, p.destination): p.weak_only for p in instance.pairings}
    assert {to for origin, to in rows if origin == CITY} == set(COUNTIES)
    for area, counties in AREAS.items():
        assert area == CITY or rows.pop((area, area)) is True
        assert {to for origin, to in rows if origin == area} == set(counties)
    assert not any(rows.values())
    assert all((county, county) in rows for county in COUNTIES)


def test_some_are_not_yet_vetted_and_special_education_takes_part(instance):
    assert Counter(t.status for t in instance.teachers) == {"approved": 125, "pending": 6, "rejected": 4}
    assert sum(n.count for n in instance.needs if n.stage == "special") == 4
    assert any("special" in t.stages for t in instance.teachers)
    assert [n.subject for n in instance.needs if n.term != 1.0] == ["chinese"]
