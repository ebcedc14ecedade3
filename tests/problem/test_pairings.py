"""Which way is open: the most specific row decides."""

from itertools import pairwise

import pytest

from matching.problem.pairings import STATES, pairing_table, row_labels
from tests.builders import instance, pairing, site

SITES = [site("A1", "sender", county="甲", prefecture="东"), site("A2", "sender", county="甲", prefecture="东"),
         site("R1", "receiver", county="乙", prefecture="西", weak=True),
         site("R2", "receiver", county="乙", prefecture="西"),
         site("R3", "receiver", county="丙", prefecture="西", consortium="联")]
IDS = [s.site_id for s in SITES]


def state(rows, origin, destination):
    table = pairing_table(instance(SITES, [], [], pairings=rows))
    return STATES[table.states[IDS.index(origin), IDS.index(destination)]]


def test_without_rows_every_way_is_open():
    assert state([], "A1", "R1") == "open"


def test_an_allowed_sender_is_closed_elsewhere():
    rows = [pairing("甲", "乙")]
    assert (state(rows, "A1", "R1"), state(rows, "A1", "R3"), state(rows, "R1", "R3")) == ("allow", "closed", "open")


@pytest.mark.parametrize("rule", ["prefer", "forbid"])
def test_prefer_and_forbid_alone_close_nothing(rule):
    assert state([pairing("甲", "乙", rule)], "A1", "R3") == "open"


def test_the_more_precise_destination_decides_then_the_more_precise_origin():
    rows = [pairing("A1", "乙", "forbid"), pairing("东", "R1", "allow")]
    assert state(rows, "A1", "R1") == "allow"
    rows = [pairing("A1", "R1", "prefer"), pairing("甲", "R1", "must")]
    assert (state(rows, "A1", "R1"), state(rows, "A2", "R1")) == ("prefer", "must")


def test_among_equals_forbid_beats_must_beats_prefer_beats_allow():
    order = ["allow", "prefer", "must", "forbid"]
    for weaker, stronger in pairwise(order):
        assert state([pairing("甲", "乙", stronger), pairing("甲", "乙", weaker)], "A1", "R1") == stronger


def test_weak_only_opens_weak_schools_alone():
    rows = [pairing("甲", "乙", weak_only=True)]
    assert (state(rows, "A1", "R1"), state(rows, "A1", "R2")) == ("allow", "closed")


def test_two_way_and_material():
    assert state([pairing("甲", "联", two_way=True)], "R3", "A2") == "allow"
    assert state([pairing("甲", "乙", type="material")], "A1", "R3") == "open"


def test_labels_number_rows_alike():
    rows = [pairing("甲", "乙"), pairing("甲", "乙", type="material"), pairing("甲", "乙", "must")]
    assert row_labels(instance(SITES, [], [], pairings=rows)) == {0: "甲 > 乙", 2: "甲 > 乙 #2"}
