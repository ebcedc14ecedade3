"""Staffing by pupils: 95 pupils over 19 are 5 posts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from matching.policy.model import Staffing
from matching.studies import Case
from tests import builders as b
from tests.studies.cases import TITLE, case, policy, rows

PRIMARY = Staffing(id="primary-ratio", title=TITLE, stage="primary", pupils_per_post=Fraction(19))
JUNIOR = Staffing(id="junior-ratio", title=TITLE, stage="junior", pupils_per_post=Fraction("13.5"))


def made() -> Case:
    sites = [b.site("S1", "sender"), b.site("H1", "receiver", pupils=96, staff=3),
             b.site("H2", "receiver", stages=("primary", "junior"), pupils=500, staff=40),
             b.site("H3", "receiver")]
    staffing = [b.staffing("H2", "junior", staff=9, pupils=135), b.staffing("H2", "primary", pupils=19),
                b.staffing("H2", "primary", subject="chinese", staff=1),
                b.staffing("H2", "primary", subject="math", staff=1)]
    needs = [b.need("N1", "H1", 2), b.need("N2", "H2", 1, stage="junior")]
    people = [b.teacher("T1", "S1"), b.teacher("T2", "S1", stages=("junior",))]
    return case(b.instance(sites, needs, people, staffing=staffing), policy(PRIMARY, JUNIOR), ("T1", "N1"))


def test_posts_are_called_for_beside_what_is_asked_for() -> None:
    found = {(r.site, r.stage): r for r in rows("staffing", made())}
    assert found.keys() == {("H1", "primary"), ("H2", "primary"), ("H2", "junior")}
    assert found["H1", "primary"][2:] == (96, 19.0, 6, 3, 3, 2, 1, True, "primary-ratio")
    assert found["H2", "junior"][2:] == (135, 13.5, 10, 9, 1, 1, 0, False, "junior-ratio")


def test_staff_is_added_over_subjects_where_it_is_not_given_as_a_whole() -> None:
    row = next(r for r in rows("staffing", made()) if (r.site, r.stage) == ("H2", "primary"))
    assert (row.posts, row.staff, row.estimated) == (1, 2, -1)


@pytest.mark.parametrize(("staff", "estimated"), [(None, None), (0, 2)])
def test_without_staff_nothing_is_estimated(staff: int | None, estimated: int | None) -> None:
    one = b.instance([b.site("H1", "receiver", pupils=20, staff=staff)], [b.need("N1", "H1", 2)], [])
    row, = rows("staffing", case(one, policy(PRIMARY)))
    assert (row.estimated, row.short) == (estimated, False)


def test_alike_rows_add_up_as_they_do_for_the_audit() -> None:
    twice = [b.staffing("H1", "primary", pupils=95, staff=3), b.staffing("H1", "primary", pupils=95, staff=4)]
    instance = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")],
                          [b.teacher("T1", "S1")], staffing=twice)
    (row,) = rows("staffing", case(instance, policy(PRIMARY), ("T1", "N1")))
    assert (row.pupils, row.posts, row.staff) == (190, 10, 7)
