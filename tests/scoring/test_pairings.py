from __future__ import annotations

from matching.domain.records import Pairing
from matching.scoring.pairings import Pairings
from tests import builders as b

SITES = [b.site("A", "sender", county="甲", prefecture="东"), b.site("B", "sender", county="乙", prefecture="东"),
         b.site("H", "receiver", county="丙", prefecture="西", weak=True),
         b.site("K", "receiver", county="丁", prefecture="西")]


def state(home: str, host: str, *rows: Pairing) -> str:
    instance = b.instance(SITES, [], [], pairings=rows)
    return Pairings(instance).state(instance.site[home], instance.site[host])


def test_a_sender_without_rows_is_open_and_one_with_a_way_is_closed_elsewhere() -> None:
    row = b.pairing("A", "H")
    assert [state("A", "H", row), state("A", "K", row), state("B", "H", row)] == ["allow", "closed", "open"]


def test_prefer_alone_closes_nothing() -> None:
    assert state("A", "K", b.pairing("A", "H", "prefer")) == "open"


def test_the_more_specific_end_decides_and_forbid_wins_among_equals() -> None:
    assert state("A", "H", b.pairing("A", "西", "forbid"), b.pairing("东", "丙", "must")) == "must"
    assert state("A", "H", b.pairing("甲", "H", "must"), b.pairing("甲", "H", "forbid")) == "forbid"
    assert state("A", "H", b.pairing("甲", "H", "must"), b.pairing("A", "H", "prefer")) == "prefer"


def test_two_way_weak_and_material_rows() -> None:
    assert state("A", "H", b.pairing("H", "A", two_way=True)) == "allow"
    assert state("A", "K", b.pairing("A", "西", weak_only=True)) == "closed"
    assert state("A", "H", b.pairing("A", "西", "forbid", type="material")) == "open"
