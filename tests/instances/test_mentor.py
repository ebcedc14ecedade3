"""Mentoring posts of one seat, and those who apply."""

import pytest
from instances.mentor.generate import HERE, build

from matching.tables import read


@pytest.fixture(scope="module")
def instance():
    return build()


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "mentor.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_a_post_is_one_young_teacher_and_20_hours(instance):
    assert {(n.post_type, n.count, n.total_hours) for n in instance.needs} == {("mentoring", 1, 20)}
    assert len(instance.needs) == 18


def test_some_could_be_mentored_in_another_subject_only(instance):
    main = {(t.stages[0], t.subject) for t in instance.teachers if t.title in ("first", "senior")}
    alt = {(t.stages[0], s) for t in instance.teachers for s in t.alt_subjects}
    assert sum((n.stage, n.subject) in alt - main for n in instance.needs) == 2
