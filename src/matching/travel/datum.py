"""From the datums that Chinese maps use to WGS84, by the usual public approximation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_AXIS = 6378245.0  # semi-major axis of the Krasovsky 1940 ellipsoid, metres
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU_PI = np.pi * 3000 / 180


def to_wgs84(lon: Floats, lat: Floats, datum: str) -> tuple[Floats, Floats]:
    """Return points given in `datum` as WGS84 longitudes and latitudes, degrees.

    GCJ-02 is undone in one step (the offset taken at the GCJ-02 point itself), right to a metre or two; outside
    the box in which the offset is applied (72.004 to 137.8347 E, 0.8293 to 55.8271 N) the point is kept.

    Parameters
    ----------
    lon, lat : float64 arrays of one shape
    datum : ``WGS84``, ``GCJ02`` or ``BD09``
    """
    if datum == "WGS84":
        return lon, lat
    if datum == "BD09":
        lon, lat = _bd09_to_gcj02(lon, lat)
    d_lon, d_lat = _offset(lon, lat)
    inside = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    return np.where(inside, lon - d_lon, lon), np.where(inside, lat - d_lat, lat)


def _bd09_to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 0.0065, lat - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * _BAIDU_PI)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BAIDU_PI)
    return radius * np.cos(angle), radius * np.sin(angle)


def _offset(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 105.0, lat - 35.0
    phi = np.radians(lat)
    bend = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    metres_lat = _AXIS * (1 - _ECCENTRICITY2) / (bend * np.sqrt(bend))
    metres_lon = _AXIS / np.sqrt(bend) * np.cos(phi)
    return np.degrees(_east(x, y) / metres_lon), np.degrees(_north(x, y) / metres_lat)


def _east(x: Floats, y: Floats) -> Floats:
    plain = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    return plain + _short_waves(x) + _waves(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))


def _north(x: Floats, y: Floats) -> Floats:
    plain = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    return plain + _short_waves(x) + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))


def _short_waves(x: Floats) -> Floats:
    return _waves(x, (20, 6), (20, 2))


def _waves(x: Floats, *terms: tuple[float, float]) -> Floats:
    total = np.zeros_like(x)
    for size, frequency in terms:
        total = total + size * np.sin(x * frequency * np.pi)
    return total * 2.0 / 3.0
