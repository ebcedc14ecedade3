"""Great-circle distances times the detour."""

from fractions import Fraction
from itertools import product
from math import asin, cos, floor, radians, sin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.travel import Distances, unknown_findings
from tests import builders as b

LANZHOU = {"lon": 103.84044, "lat": 36.06731}
MAQU = {"lon": 102.07277, "lat": 33.99763}


def distances(*sites, detour: Fraction = Fraction(1), **sheets) -> Distances:
    return Distances(b.instance(list(sites), [], [], **sheets), detour)


def haversine_km(a: dict[str, float], c: dict[str, float]) -> float:
    phi, psi = radians(a["lat"]), radians(c["lat"])
    inner = sin((phi - psi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(a["lon"] - c["lon"]) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(inner))


def test_lanzhou_to_maqu_is_the_haversine_distance():
    found = distances(b.site("A", **LANZHOU), b.site("B", **MAQU)).hectometres("A", "B")
    assert found == floor(haversine_km(LANZHOU, MAQU) * 10 + 0.5)
    assert 2750 < found < 2850  # some 280 km as the crow flies


def test_a_quarter_of_the_equator():
    found = distances(b.site("A", lon=0, lat=0), b.site("B", lon=90, lat=0)).hectometres("A", "B")
    assert found == 100076  # a quarter of 2 pi 6371.0088 km is 10,007.557 km


def test_the_detour_is_applied_before_rounding():
    sites = b.site("A", **LANZHOU), b.site("B", **MAQU)
    found = distances(*sites, detour=Fraction(13, 10)).hectometres("A", "B")
    assert found == floor(haversine_km(LANZHOU, MAQU) * 13 + 0.5)


def test_datums_are_brought_together():
    here = b.site("A", lon=103.84044, lat=36.06731), b.site("B", lon=103.84241, lat=36.06675, datum="GCJ02")
    assert distances(*here).hectometres("A", "B") <= 2


def test_a_site_is_at_no_distance_from_itself():
    found = distances(b.site("A"), distances=[b.distance("A", "A", 7)])
    assert found.hectometres("A", "A") == 0
    assert found.minutes("A", "A") == 0
    assert found.matrix(["A"], ["A"]).tolist() == [[0]]


def test_without_a_point_the_distance_is_unknown():
    found = distances(b.site("A", **LANZHOU), b.site("B"))
    assert found.hectometres("A", "B") is None
    assert found.matrix(["A", "B"], ["B", "A"]).tolist() == [[-1, 0], [0, -1]]
    assert found.unknown_sites == ("B",)


def test_largest_goes_from_senders_to_receivers():
    found = distances(b.site("A", "sender", lon=0, lat=0), b.site("B", "receiver", lon=1, lat=0),
                      b.site("C", "sender", lon=50, lat=0), b.site("D", "both", lon=2, lat=0))
    assert found.largest == found.hectometres("C", "B")


def test_largest_is_zero_where_nothing_is_known():
    assert distances().largest == 0
    assert distances(b.site("A", "sender", **LANZHOU), b.site("B", "receiver")).largest == 0
    assert distances(b.site("A", **LANZHOU)).largest == 0


def test_an_unknown_id_is_refused():
    with pytest.raises(KeyError):
        distances(b.site("A")).hectometres("A", "Z")


def test_findings_name_the_sites_without_place():
    sites = [b.site("A", **LANZHOU), b.site("B"), b.site("C")]
    findings = unknown_findings(b.instance(sites, [], [], distances=[b.distance("A", "C", 5)]))
    # B and C lie in the same county X as A, but a row that names a site is no row for its neighbours.
    assert [(f.severity, f.sheet, f.row, f.value) for f in findings] == [("warning", "sites", 3, "B")]


points = st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(["WGS84", "GCJ02", "BD09"]))
maybe_points = st.lists(st.none() | points, min_size=1, max_size=6)
stops = st.sampled_from(["s0", "s1", "s2", "c0", "c1"])
rows = st.lists(st.tuples(stops, stops, st.floats(0, 3000), st.none() | st.floats(0, 900)), max_size=6)


@given(maybe_points, rows, st.fractions(1, 2))
def test_the_matrix_holds_the_scalar_answers(places, stated, detour):
    sites = [b.site(f"s{i}", county=f"c{i % 2}", **dict(zip(("lon", "lat", "datum"), place or (), strict=False)))
             for i, place in enumerate(places)]
    known = {s.site_id for s in sites} | {s.county for s in sites}
    given_rows = [b.distance(a, z, km, minutes=m) for a, z, km, m in stated if {a, z} <= known]
    found = distances(*sites, detour=detour, distances=given_rows)
    ids = [s.site_id for s in sites]
    matrix, minutes = found.matrix(ids, ids), found.minute_matrix(ids, ids)
    assert matrix.dtype == np.int32
    for (i, home), (j, host) in product(enumerate(ids), repeat=2):
        scalar, m = found.hectometres(home, host), found.minutes(home, host)
        assert matrix[i, j] == (-1 if scalar is None else scalar)
        assert np.isnan(minutes[i, j]) if m is None else minutes[i, j] == m


@given(maybe_points, rows)
def test_pairs_are_as_the_matrices_say(places, stated):
    sites = [b.site(f"s{i}", county=f"c{i % 2}", **dict(zip(("lon", "lat", "datum"), place or (), strict=False)))
             for i, place in enumerate(places)]
    known = {s.site_id for s in sites} | {s.county for s in sites}
    found = distances(*sites, distances=[b.distance(*row[:3], minutes=row[3]) for row in stated if {*row[:2]} <= known])
    ids = [s.site_id for s in sites]
    home, host = (at.reshape(-1) for at in np.indices((len(ids), len(ids))))
    assert found.between(home, host).tolist() == found.matrix(ids, ids).reshape(-1).tolist()
    assert np.array_equal(found.minutes_between(home, host), found.minute_matrix(ids, ids).reshape(-1), equal_nan=True)


@given(st.lists(points, min_size=2, max_size=8))
def test_without_rows_the_way_back_is_as_long(places):
    sites = [b.site(f"s{i}", lon=lon, lat=lat, datum=datum) for i, (lon, lat, datum) in enumerate(places)]
    ids = [s.site_id for s in sites]
    matrix = distances(*sites).matrix(ids, ids)
    assert (matrix == matrix.T).all()
    assert (matrix >= 0).all()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
def test_blocks_do_not_change_the_answer(size):
    random = np.random.default_rng(size)
    sites = [b.site(f"s{i}", lon=float(random.uniform(93, 108)), lat=float(random.uniform(33, 42)))
             for i in range(size)]
    found, ids = distances(*sites), [s.site_id for s in sites]
    matrix = found.matrix(ids, ids[:9])
    assert matrix.tolist() == [[found.hectometres(a, z) for z in ids[:9]] for a in ids]
