"""A pair of prefectures with 90 as floor and ceiling."""

from instances.lanzhou_longnan.generate import HERE, build

from matching.domain.terms import BACKBONE
from matching.tables import read


def test_the_workbook_is_what_the_generator_makes():
    reading = read(HERE / "lanzhou_longnan.xlsx")
    assert reading.findings == ()
    assert reading.instance == build()


def test_one_row_pairs_the_prefectures_and_more_than_90_could_go():
    instance = build()
    (row,) = instance.pairings
    assert (row.origin, row.destination, row.rule, row.minimum, row.maximum) == ("兰州市", "陇南市", "must", 90, 90)
    assert sum(BACKBONE.rank(t.backbone) >= BACKBONE.rank("county") for t in instance.teachers) > 90
    assert sum(n.count for n in instance.needs) > 90
    assert {s.prefecture for s in instance.sites if s.role == "sender"} == {"兰州市"}
    assert {s.prefecture for s in instance.sites if s.role == "receiver"} == {"陇南市"}
