"""Pairs that hang on a missing value."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from matching.policy.model import Require
from tests import builders as b
from tests.studies.cases import TITLE, case, policy, rows, when

AGE = Require(id="age", title=TITLE, that=when("age <= 45"))
JOINED = Require(id="years", title=TITLE, that=when("years_here >= 3"), when=when("gender = 男"))


@pytest.mark.parametrize("unknown", ["refuse", "accept"])
def test_teachers_whose_birth_is_not_given_are_listed_either_way(unknown: Literal["refuse", "accept"]) -> None:
    people = [b.teacher("T1", "S1"), b.teacher("T2", "S1", birth=date(1990, 1, 1)),
              b.teacher("T3", "S1", birth=date(1960, 1, 1)), b.teacher("T4", "S1", subject="math")]
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1"), b.need("N2", "H1")],
                      people)
    pairs = [("T1", "N2"), ("T2", "N1")] if unknown == "accept" else [("T2", "N1")]
    found = rows("unverified", case(made, policy(AGE, unknown=unknown), *pairs))
    assert [tuple(r) for r in found] == [("age", "T1", "age", 2, unknown == "accept")]


def test_one_who_hangs_on_two_rules_is_listed_under_both() -> None:
    people = [b.teacher("T1", "S1", gender="male"), b.teacher("T2", "S1", gender="female", birth=date(1990, 1, 1)),
              b.teacher("T3", "S1", birth=date(1990, 1, 1))]
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")], people)
    found = rows("unverified", case(made, policy(AGE, JOINED)))
    assert [tuple(r) for r in found] == [("age", "T1", "age", 1, False), ("years", "T1", "years_here", 1, False)]


def test_an_unknown_distance_is_open_only_for_those_who_set_a_limit() -> None:
    people = [b.teacher("T1", "S1", max_km=30), b.teacher("T2", "S1")]
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")], people)
    assert [tuple(r) for r in rows("unverified", case(made, policy()))] == [("max-km", "T1", "km", 1, False)]
