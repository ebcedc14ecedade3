"""Mentors and mentees: best by brute force, by subject and stage, two at most."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.pairs import alone, design, mentor_pairs, write_design
from tests.builders import dictionary_row, instance, site, teacher

SITES = [site("A", lon=103.0, lat=36.0), site("B", lon=103.05, lat=36.0), site("C", lon=103.4, lat=36.0)]
NEAR = {("A", "B"): 6, ("B", "A"): 6}
people = st.lists(st.fixed_dictionaries({
    "title": st.sampled_from(("none", "third", "second", "first")), "subject": st.sampled_from(("chinese", "math")),
    "home_site": st.sampled_from("ABC"), "backbone": st.sampled_from(("none", "county")),
    "joined": st.sampled_from((None, date(2024, 9, 1), date(2020, 9, 1)))}), min_size=2, max_size=6)


def teachers(rows: list[dict]) -> Instance:
    return instance(SITES, [], [teacher(f"T{n}", **row) for n, row in enumerate(rows)])


def young(t) -> bool:
    new = t.joined is not None and t.joined > date(2023, 9, 1)
    return t.backbone == "none" and (t.title in ("none", "third") or (t.title == "second" and new))


def best(case: Instance) -> tuple[int, int]:
    mentees = [t for t in case.teachers if young(t)]
    mentors = [t for t in case.teachers if t.title == "first" or t.backbone == "county"]
    found = (0, 0)
    for chosen in product([None, *mentors], repeat=len(mentees)):
        pairs = [(m, y) for m, y in zip(chosen, mentees, strict=True) if m is not None]
        km = [0 if m.home_site == y.home_site else NEAR.get((m.home_site, y.home_site), 99) for m, y in pairs]
        if all(k <= 10 for k in km) and all(m.subject == y.subject for m, y in pairs) and all(
                sum(m is other for other, _ in pairs) <= 2 for m in mentors):
            found = max(found, (len(pairs), -sum(km)))
    return found


@settings(max_examples=25, deadline=None)
@given(people)
def test_no_other_pairs_are_better(rows):
    case = teachers(rows)
    made = design(case, of="teachers", workers=1)
    pairs = mentor_pairs(made)
    assert (len(pairs), -sum(round(pair.km) for pair in pairs)) == best(case)
    assert {line.who for line in alone(made)} == {t for t in case.teachers if young(t)} - {p.mentee for p in pairs}


def test_subject_and_stage_are_the_same_and_a_mentor_takes_two(tmp_path):
    mentor = [teacher("M", "A", title="senior")]
    same = [teacher(f"Y{n}", "A", title="third") for n in range(3)]
    other = [teacher("S", "A", title="none", subject="math"), teacher("G", "A", title="none", stages=("junior",))]
    made = design(instance(SITES, [], [*mentor, *same, *other]), of="teachers")
    assert {pair.mentor.teacher_id for pair in mentor_pairs(made)} == {"M"}
    reasons = [line.reason for line in alone(made)]
    assert sorted(reasons) == ["mentor-max", "same-stage", "same-subject"]
    write_design(made, tmp_path / "师徒结对.xlsx")
    assert (tmp_path / "师徒结对.xlsx").stat().st_size


def test_an_honour_makes_a_mentor_and_those_not_there_are_left_out():
    rows = [teacher("M", "A", title="second", honours=("学科带头人",)), teacher("Y", "A", title="third"),
            teacher("D", "A", title="third", deferred=True), teacher("P", "A", title="third", status="pending")]
    made = design(instance(SITES, [], rows, dictionary=[dictionary_row()]), of="teachers")
    assert [(p.mentor.teacher_id, p.mentee.teacher_id) for p in mentor_pairs(made)] == [("M", "Y")]
    assert not alone(made)


def test_an_empty_sheet_is_a_finding():
    with pytest.raises(InputError, match="教师不足两人"):
        design(instance(SITES, [], []), of="teachers")
