"""The tables of blocking pairs and of wishes."""

from __future__ import annotations

from fractions import Fraction

from matching.scoring import score
from matching.studies.stability import StabilityRow
from matching.studies.wishes import WishesRow
from tests import builders as b
from tests.studies.cases import BASE, case, rows


def test_those_that_could_be_avoided_come_first_and_the_others_name_the_rule() -> None:
    sites = [b.site("S", "sender"), b.site("H1", "receiver"), b.site("H2", "receiver", receive_max=0)]
    people = [b.teacher("T1", "S", pref_1="N2", backbone="city"), b.teacher("T2", "S", pref_1="N1", title="senior"),
              b.teacher("T3", "S"), b.teacher("T4", "S", pref_1="H2", max_km=1.0, status="pending")]
    made = case(b.instance(sites, [b.need("N1", "H1"), b.need("N2", "H2")], people), BASE, ("T3", "N1"))
    found = rows("stability", made)
    assert found[0] == StabilityRow("T2", None, "N1", 1, "T3", "")
    assert found[1] == StabilityRow("T1", None, "N1", None, "T3", "")
    assert found[2] == StabilityRow("T1", None, "N2", 1, None, "receive-max")
    assert {row.rule for row in found[2:]} == {"receive-max"}
    assert "T4" not in {row.teacher for row in found}


def test_wishes_are_counted_by_gender_title_and_school() -> None:
    sites = [b.site("A", "sender"), b.site("B", "sender"), b.site("H", "receiver")]
    people = [b.teacher("T1", "A", pref_1="H", gender="female"), b.teacher("T2", "A", pref_2="H", title="senior"),
              b.teacher("T3", "B", pref_1="N1"), b.teacher("T4", "B"), b.teacher("T5", "B", pref_1="nowhere")]
    made = case(b.instance(sites, [b.need("N1", "H", 4)], people), BASE, ("T1", "N1"), ("T2", "N1"), ("T4", "N1"))
    found = rows("wishes", made)
    assert found == (
        WishesRow("gender", "female", 1, 1, 0, 0, 0, 1.0), WishesRow("gender", "", 2, 0, 1, 0, 1, 1 / 3),
        WishesRow("title", "senior", 1, 0, 1, 0, 0, 2 / 3), WishesRow("title", "first", 2, 1, 0, 0, 1, 0.5),
        WishesRow("home", "A", 2, 1, 1, 0, 0, 5 / 6), WishesRow("home", "B", 1, 0, 0, 0, 1, 0.0))
    total = score(made.instance, BASE, made.plan).wishes
    assert sum(row.named for row in found if row.kind == "home") == total.named
    assert total.score == Fraction(5, 9)
