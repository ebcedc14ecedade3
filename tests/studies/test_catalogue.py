"""Every study, of every case."""

from __future__ import annotations

import pytest

from matching.domain.plan import Placement, Plan
from matching.studies import STUDIES, Case, studies_of
from tests import builders as b
from tests.studies.cases import BASE, case, rows

IDS = ("staffing", "subjects", "selection", "profile", "hours", "years", "duty", "wishes", "swaps", "stability",
       "unverified")


def test_the_studies_that_are_promised() -> None:
    assert tuple(STUDIES) == IDS


@pytest.mark.parametrize("study", IDS)
def test_an_empty_case_has_no_rows(study: str) -> None:
    nothing = b.instance([], [], [])
    nobody = b.instance([b.site("H1", "receiver")], [b.need("N1", "H1")], [])
    idle = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [], [b.teacher("T1", "S1")])
    assert not rows(study, case(nothing, BASE))
    assert not rows(study, case(nobody, BASE))
    assert not rows(study, case(idle, BASE)) or study == "duty"


@pytest.mark.parametrize("study", IDS)
def test_rows_have_the_columns_in_their_order(study: str) -> None:
    every = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")],
                       [b.teacher("T1", "S1")])
    keys = tuple(c.key for c in STUDIES[study].columns)
    assert all(row._fields == keys for row in rows(study, case(every, BASE, ("T1", "N1"))))


def test_without_special_rules_only_what_speaks_of_any_plan_is_told() -> None:
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")], [b.teacher("T1", "S1")])
    assert not {"hours", "years", "duty", "selection"} & set(studies_of(case(made, BASE, ("T1", "N1"))))


def test_an_edited_plan_is_read_with_the_facts_of_the_instance() -> None:
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")],
                      [b.teacher("T1", "S1", pref_1="H1")])
    bare = Placement("T1", "N1", None, None, None, None, None, None, None)
    edited = Case(made, BASE, Plan("main", "unknown", 0, (bare, bare._replace(teacher="T9")), edited=True))
    assert [(p.mode, p.preference) for p in edited.placements] == [("resident", 1)]
