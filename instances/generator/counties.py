"""County seats, from ``instances/data/counties.csv``."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

COUNTIES = Path(__file__).parents[1] / "data" / "counties.csv"
KM_PER_DEGREE = 111.2


class County(NamedTuple):
    """A county with its seat; `lon` and `lat` are WGS84 degrees."""

    adcode: str
    prefecture: str
    name: str
    lon: float
    lat: float


def read_counties(province: str) -> tuple[County, ...]:
    """Return a province's counties in the order of their codes."""
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["province"] == province]
    return tuple(County(r["adcode"], r["prefecture"], r["county"], float(r["lon_wgs84"]), float(r["lat_wgs84"]))
                 for r in rows)


def km_between(a: Sequence[County], b: Sequence[County]) -> npt.NDArray[np.float64]:
    """Return rough distances between seats in km, shape (n, m): degrees on a plane at their mean latitude."""
    lon_a, lat_a = np.array([(c.lon, c.lat) for c in a]).T
    lon_b, lat_b = np.array([(c.lon, c.lat) for c in b]).T
    mean = np.radians((lat_a[:, None] + lat_b) / 2)
    km: npt.NDArray[np.float64] = np.hypot((lon_a[:, None] - lon_b) * np.cos(mean), lat_a[:, None] - lat_b)
    return km * KM_PER_DEGREE


def scatter(random: np.random.Generator, county: County, km: float) -> tuple[float, float]:
    """Return a longitude and latitude near a county's seat: normal with deviation `km`, at most twice that."""
    east, north = np.clip(random.normal(0, km, 2), -2 * km, 2 * km) / KM_PER_DEGREE
    lon = county.lon + float(east) / float(np.cos(np.radians(county.lat)))
    return round(lon, 5), round(county.lat + float(north), 5)
