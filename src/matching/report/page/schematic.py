"""A sketch of points and lines from the sites' coordinates; no outline of any territory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.domain.records import Site
from matching.domain.text import Lang
from matching.report.content import Report
from matching.travel.datum import to_wgs84

WIDTH, MARGIN = 800.0, 16.0
MANY_LINES = 300
"""With more lines than this between schools, lines run between counties."""
_KM_PER_DEGREE = 111.195  # of the mean sphere's meridian
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LEAST_SPAN = 1.0  # km

Points = Mapping[str, tuple[float, float]]


class Dot(NamedTuple):
    """A site on the sketch."""

    x: float
    y: float
    name: str


class Lines(NamedTuple):
    """Lines of one width as one path."""

    width: float
    path: str


class Sketch(NamedTuple):
    """The sketch in units of its view box; `bar` is a length of `bar_km` kilometres."""

    height: float
    senders: list[Dot]
    full: list[Dot]
    short: list[Dot]
    lines: list[Lines]
    by_county: bool
    n_unknown: int
    bar: float
    bar_km: int


def schematic(report: Report, lang: Lang) -> Sketch | None:
    """Return the sketch of who goes where; None where fewer than two sites have coordinates."""
    instance = report.instance
    senders = [instance.site[load.site] for load in report.metrics.senders]
    lacking = {instance.need[line.need].site_id for line in report.plan.unfilled}
    asking = {n.site_id for n in instance.needs}
    hosts = [s for s in instance.sites if s.site_id in asking]
    used = list({s.site_id: s for s in (*senders, *hosts)}.values())
    placed = [s for s in used if s.lon is not None and s.lat is not None]
    if len(placed) < 2:
        return None
    at, height, scale = _project(placed)
    lines, by_county = _lines(report, at)
    bar_km = max((b for b in _BARS if b * scale <= WIDTH / 4), default=_BARS[0])
    return Sketch(height, _dots(senders, at), _dots((s for s in hosts if s.site_id not in lacking), at),
                  _dots((s for s in hosts if s.site_id in lacking), at), lines, by_county, len(used) - len(placed),
                  bar_km * scale, bar_km)


def _project(sites: list[Site]) -> tuple[Points, float, float]:
    """Return each site's place, the height of the view box and its units per km (equirectangular, mid latitude)."""
    lon, lat = _wgs84(sites)
    x = lon * _KM_PER_DEGREE * math.cos(math.radians(float(lat.mean())))
    y = -lat * _KM_PER_DEGREE
    span = max(float(np.ptp(x)), float(np.ptp(y)), _LEAST_SPAN)
    scale = (WIDTH - 2 * MARGIN) / span
    left = (WIDTH - float(np.ptp(x)) * scale) / 2
    xs, ys = (x - x.min()) * scale + left, (y - y.min()) * scale + MARGIN
    at = {s.site_id: (round(float(a), 1), round(float(b), 1)) for s, a, b in zip(sites, xs, ys, strict=True)}
    return at, round(float(ys.max()) + 3 * MARGIN, 1), scale


def _wgs84(sites: list[Site]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    lon, lat = np.array([s.lon for s in sites], np.float64), np.array([s.lat for s in sites], np.float64)
    for datum in {s.datum for s in sites}:
        of = np.array([s.datum == datum for s in sites])
        lon[of], lat[of] = to_wgs84(lon[of], lat[of], datum)
    return lon, lat


def _dots(sites: Iterable[Site], at: Points) -> list[Dot]:
    return [Dot(*at[s.site_id], s.name) for s in sites if s.site_id in at]


def _lines(report: Report, at: Points) -> tuple[list[Lines], bool]:
    """Return the lines, thicker where more go, and whether they run between counties."""
    instance = report.instance
    ways = Counter((instance.teacher[p.teacher].home_site, instance.need[p.need].site_id)
                   for p in report.plan.placements)
    known = Counter({way: n for way, n in ways.items() if way[0] in at and way[1] in at})
    if len(known) <= MANY_LINES:
        return _paths(known, at), False
    county = {s.site_id: s.county for s in instance.sites}
    between: Counter[tuple[str, str]] = Counter()
    for (home, host), n in known.items():
        between[county[home], county[host]] += n
    return _paths(between, _middles(at, county)), True


def _middles(at: Points, county: Mapping[str, str]) -> Points:
    places: dict[str, list[tuple[float, float]]] = {}
    for site, place in at.items():
        places.setdefault(county[site], []).append(place)
    return {name: (round(sum(x for x, _ in p) / len(p), 1), round(sum(y for _, y in p) / len(p), 1))
            for name, p in places.items()}


def _paths(ways: Mapping[tuple[str, str], int], at: Points) -> list[Lines]:
    most = max(ways.values(), default=1)
    paths: dict[float, list[str]] = {}
    for (home, host), n in ways.items():
        width = round(0.6 + 3.4 * math.sqrt((n - 1) / max(most - 1, 1)), 1)
        paths.setdefault(width, []).append("M{} {}L{} {}".format(*at[home], *at[host]))
    return [Lines(width, "".join(path)) for width, path in sorted(paths.items())]
