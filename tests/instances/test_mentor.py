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
    young = [n for n in instance.needs if n.post_type == "mentoring"]
    assert {(n.count, n.total_hours) for n in young} == {(1, 20)}
    assert len(young) == 18


def test_two_posts_for_lessons_that_one_teacher_could_take(instance):
    lessons = [n for n in instance.needs if n.post_type == "teaching"]
    assert (len(lessons), {n.subject for n in lessons}) == (2, {"art"})
    assert sum("teaching" in t.post_types and t.subject == "art" for t in instance.teachers) == 1


def test_some_could_be_mentored_in_another_subject_only(instance):
    main = {(t.stages[0], t.subject) for t in instance.teachers if t.title in ("first", "senior")}
    alt = {(t.stages[0], s) for t in instance.teachers for s in t.alt_subjects}
    assert sum((n.stage, n.subject) in alt - main for n in instance.needs) == 2
