"""The 结对 rows, read afresh (Contract 1)."""

import pytest

from matching.audit.pairings import Pairings, least
from tests import builders as b

SITES = [
    b.site("S1", "sender", county="甲县", prefecture="东市", consortium="联合体"),
    b.site("S2", "both", county="丙县", prefecture="东市"),
    b.site("R1", "receiver", county="乙县", prefecture="西州", consortium="联合体", weak=True),
    b.site("R2", "receiver", county="乙县", prefecture="西州"),
]


def pairings(*rows):
    return Pairings(b.instance(SITES, [], [], pairings=[b.pairing(*row[:3], **(row[3] if row[3:] else {}))
                                                        for row in rows]))


@pytest.mark.parametrize(("rows", "state"), [
    ([], "open"),
    ([("S1", "乙县", "allow")], "allow"),
    ([("S1", "S2", "allow")], "closed"),
    ([("甲县", "S2", "must")], "closed"),
    ([("S1", "S2", "prefer")], "open"),
    ([("S1", "S2", "forbid")], "open"),
    ([("S2", "乙县", "allow")], "open"),
    ([("S1", "R1", "forbid"), ("S1", "乙县", "allow")], "forbid"),
    ([("S1", "西州", "forbid"), ("东市", "乙县", "allow")], "allow"),
    ([("S1", "乙县", "forbid"), ("东市", "R1", "prefer")], "prefer"),
    ([("东市", "R1", "forbid"), ("S1", "R1", "allow")], "allow"),
    ([("S1", "联合体", "allow"), ("S1", "乙县", "forbid")], "allow"),
    ([("S1", "R1", "allow"), ("S1", "R1", "prefer"), ("S1", "R1", "must")], "must"),
    ([("S1", "R1", "must"), ("S1", "R1", "forbid")], "forbid"),
    ([("S1", "R1", "allow"), ("S1", "R1", "prefer")], "prefer"),
    ([("S1", "R1", "allow", {"type": "material"})], "open"),
    ([("S1", "R1", "allow", {"type": "both"})], "allow"),
    ([("乙县", "S1", "allow")], "open"),
    ([("乙县", "S1", "allow", {"two_way": True})], "allow"),
    ([("S2", "S1", "allow", {"two_way": True})], "closed"),
    ([("联合体", "联合体", "allow")], "allow"),
])
def test_state_of_the_way_from_s1_to_r1(rows, state):
    assert pairings(*rows).state("S1", "R1") == state


def test_weak_only_opens_the_way_to_weak_schools_alone():
    found = pairings(("S1", "乙县", "allow", {"weak_only": True}))
    assert found.state("S1", "R1") == "allow"
    assert found.state("S1", "R2") == "closed"
    assert found.covering("S1", "R2") == frozenset()


def test_every_row_that_covers_a_way_counts_both_directions_of_a_two_way_row():
    found = pairings(("甲县", "乙县"), ("乙县", "甲县", "allow", {"two_way": True}), ("S1", "R2", "forbid"),
                     ("S1", "R1", "allow", {"type": "material"}))
    assert found.covering("S1", "R1") == {0, 1}
    assert found.covering("S1", "R2") == {0, 1, 2}
    assert [r.origin for r in found.rows] == ["甲县", "乙县", "S1"]


def test_must_is_at_least_one():
    assert least(b.pairing("a", "b", "must")) == 1
    assert least(b.pairing("a", "b", "must", minimum=0)) == 1
    assert least(b.pairing("a", "b", "must", minimum=3)) == 3
    assert least(b.pairing("a", "b", "allow")) is None
