"""The 距离 sheet: precedence, directions, rounding."""

from fractions import Fraction

import pytest

from matching.travel import Distances
from matching.travel.table import to_hectometres
from tests import builders as b

SITES = [b.site("A", county="甲县", lon=103.0, lat=36.0), b.site("B", county="乙县", lon=104.0, lat=36.0),
         b.site("C", county="甲县", lon=103.1, lat=36.0)]


def found(*rows) -> Distances:
    return Distances(b.instance(SITES, [], [], distances=rows), Fraction(2))


def test_a_row_beats_the_points_and_takes_no_detour():
    assert found(b.distance("A", "B", 12.3)).hectometres("A", "B") == 123


def test_a_row_between_sites_beats_one_with_a_county_beats_one_between_counties():
    counties, to_site, to_county, sites = (
        b.distance("甲县", "乙县", 1), b.distance("甲县", "B", 2), b.distance("A", "乙县", 3), b.distance("A", "B", 4))
    assert found(counties).hectometres("A", "B") == 10
    assert found(to_county, counties).hectometres("A", "B") == 30
    assert found(counties, to_site, to_county).hectometres("A", "B") == 20
    assert found(sites, to_site, counties).hectometres("A", "B") == 40
    assert found(sites, counties).hectometres("C", "B") == 10


def test_a_row_counts_both_ways_unless_the_reverse_is_given():
    assert found(b.distance("A", "B", 5)).hectometres("B", "A") == 50
    both = found(b.distance("A", "B", 5), b.distance("B", "A", 6))
    assert (both.hectometres("A", "B"), both.hectometres("B", "A")) == (50, 60)


def test_a_reversed_row_between_sites_beats_a_row_between_counties():
    assert found(b.distance("B", "A", 5), b.distance("甲县", "乙县", 9)).hectometres("A", "B") == 50


def test_a_row_of_a_county_with_itself_joins_its_sites():
    rows = found(b.distance("甲县", "甲县", 8, minutes=20))
    assert rows.hectometres("A", "C") == 80
    assert rows.minutes("C", "A") == 20
    assert rows.hectometres("A", "A") == 0


def test_minutes_are_those_of_the_row_that_decides():
    rows = found(b.distance("A", "B", 5), b.distance("甲县", "乙县", 9, minutes=30))
    assert rows.minutes("A", "B") is None
    assert rows.minutes("C", "B") == 30


def test_of_two_rows_alike_the_first_counts():
    assert found(b.distance("A", "B", 5), b.distance("A", "B", 6)).hectometres("A", "B") == 50


def test_counties_compare_folded():
    assert found(b.distance(" 甲县", "乙县", 5)).hectometres("A", "B") == 50


def test_a_row_can_stand_in_for_missing_points():
    sites = [b.site("A", county="甲县"), b.site("B", county="乙县"), b.site("C", county="丙县")]
    rows = Distances(b.instance(sites, [], [], distances=[b.distance("甲县", "B", 5)]), Fraction(1))
    assert rows.unknown_sites == ("C",)
    assert rows.hectometres("A", "B") == 50
    assert rows.hectometres("A", "C") is None


@pytest.mark.parametrize(("km", "hectometres"), [(38.45, 385), (38.44, 384), (0.05, 1), (0.15, 2), (0.0, 0), (7, 70),
                                                 (1e12, 2**31 - 1)])
def test_kilometres_round_half_up_from_their_decimal_text(km: float, hectometres: int):
    assert to_hectometres(km) == hectometres
