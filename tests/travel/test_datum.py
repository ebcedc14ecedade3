"""Points in the datums of Chinese maps, against county seats converted elsewhere."""

import csv
from pathlib import Path

import numpy as np
import pytest

from matching.travel.datum import to_wgs84

COUNTIES = Path(__file__).parents[2] / "instances" / "data" / "counties.csv"


def columns(*names: str) -> list[np.ndarray]:
    with COUNTIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[name]) for row in rows]) for name in names]


def test_gcj02_agrees_with_the_county_table_to_its_last_decimal():
    lon, lat, lon_wgs84, lat_wgs84 = columns("lon", "lat", "lon_wgs84", "lat_wgs84")
    got_lon, got_lat = to_wgs84(lon, lat, "GCJ02")
    assert np.abs(got_lon - lon_wgs84).max() <= 0.500001e-5
    assert np.abs(got_lat - lat_wgs84).max() <= 0.500001e-5


def test_bd09_of_a_known_point():
    # The worked example of the public coordtransform code: GCJ-02 116.404, 39.915 is BD-09 116.41036949, 39.92133699.
    bd09 = to_wgs84(np.array([116.41036949371029]), np.array([39.92133699351021]), "BD09")
    gcj02 = to_wgs84(np.array([116.404]), np.array([39.915]), "GCJ02")
    assert np.allclose(bd09, gcj02, atol=1e-5)


def test_wgs84_is_kept():
    lon, lat = np.array([103.8]), np.array([36.0])
    assert to_wgs84(lon, lat, "WGS84") == (lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(-0.1276, 51.5072), (139.69, 35.68), (103.8, 60.0)])
def test_gcj02_outside_china_is_kept(lon: float, lat: float):
    got = to_wgs84(np.array([lon]), np.array([lat]), "GCJ02")
    assert (got[0][0], got[1][0]) == (lon, lat)
