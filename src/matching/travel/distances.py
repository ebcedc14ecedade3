"""How far it is from a teacher's school to a post."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.records import Site
from matching.travel.datum import Floats, to_wgs84
from matching.travel.table import Index, Int32, Table

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the Earth (IUGG)."""

_BLOCK = 256  # homes handled at once, so that scratch arrays stay in the processor's cache
_PAIRS = 2**16  # pairs handled at once, for the same reason


class Distances:
    """Distances between an instance's sites, in whole hectometres (0.1 km, half up).

    A site is at 0 from itself. Else the 距离 sheet decides (`matching.travel.table.Table`), else the great-circle
    distance (haversine) times `detour`. A distance is unknown where no row decides and either end has no point.

    Parameters
    ----------
    instance : the sites and the 距离 rows
    detour : road distance over great-circle distance; not applied to stated distances
    """

    def __init__(self, instance: Instance, detour: Fraction) -> None:
        self._site = instance.site
        self._index = {site.site_id: i for i, site in enumerate(instance.sites)}
        self._scale = float(20 * detour) * EARTH_RADIUS_KM
        self._points = unit_vectors(instance.sites)
        self._axes = np.ascontiguousarray(self._points.T)
        self._table = Table(instance)

    def hectometres(self, home: str, host: str) -> int | None:
        """Return the distance between two sites by id, or None; KeyError for an unknown id."""
        if home == host:
            return 0
        row = self._table.row(self._site[home], self._site[host])
        if row >= 0:
            return int(self._table.hectometres[row])
        found = int(self._great_circle(self._at([home]), self._at([host]))[0])
        return found if found >= 0 else None

    def minutes(self, home: str, host: str) -> float | None:
        """Return the minutes that the deciding 距离 row gives, or None."""
        if home == host:
            return 0.0
        row = self._table.row(self._site[home], self._site[host])
        return None if row < 0 or np.isnan(self._table.minutes[row]) else float(self._table.minutes[row])

    def matrix(self, homes: Sequence[str], hosts: Sequence[str]) -> Int32:
        """Return hectometres from each home to each host, int32 of shape (n, m); -1 where unknown."""
        starts, ends = self._at(homes), self._at(hosts)
        out = np.empty((len(starts), len(ends)), np.int32)
        for at in range(0, len(starts), _BLOCK):
            out[at:at + _BLOCK] = self._great_circle(starts[at:at + _BLOCK, None], ends)
        rows = self._deciding(homes, hosts)
        if rows is not None:
            np.copyto(out, self._table.hectometres[rows], where=rows >= 0)
        out[starts[:, None] == ends] = 0
        return out

    def minute_matrix(self, homes: Sequence[str], hosts: Sequence[str]) -> Floats:
        """Return minutes from each home to each host, float64 of shape (n, m); NaN where unknown."""
        out = np.full((len(homes), len(hosts)), np.nan)
        rows = self._deciding(homes, hosts)
        if rows is not None:
            np.copyto(out, self._table.minutes[rows], where=rows >= 0)
        out[self._at(homes)[:, None] == self._at(hosts)] = 0.0
        return out

    def between(self, homes: Index, hosts: Index) -> Int32:
        """Return hectometres of pairs given as positions in the instance's sites, int32; -1 where unknown."""
        out = np.empty(len(homes), np.int32)
        for at in range(0, len(homes), _PAIRS):
            out[at:at + _PAIRS] = self._great_circle(homes[at:at + _PAIRS], hosts[at:at + _PAIRS])
        rows = self._table.between(homes, hosts)
        if rows is not None:
            np.copyto(out, self._table.hectometres[rows], where=rows >= 0)
        out[homes == hosts] = 0
        return out

    def minutes_between(self, homes: Index, hosts: Index) -> Floats:
        """Return minutes of pairs given as positions in the instance's sites, float64; NaN where unknown."""
        out = np.full(len(homes), np.nan)
        rows = self._table.between(homes, hosts)
        if rows is not None:
            np.copyto(out, self._table.minutes[rows], where=rows >= 0)
        out[homes == hosts] = 0.0
        return out

    @cached_property
    def largest(self) -> int:
        """The largest known distance, in hectometres, from a sender's site to another, receiver's; 0 without any."""
        senders = [s.site_id for s in self._site.values() if s.role in ("sender", "both")]
        receivers = [s.site_id for s in self._site.values() if s.role in ("receiver", "both")]
        blocks = (self.matrix(senders[at:at + _BLOCK], receivers) for at in range(0, len(senders), _BLOCK))
        return max((int(block.max(initial=0)) for block in blocks), default=0)

    @cached_property
    def unknown_sites(self) -> tuple[str, ...]:
        """Sites with neither a point nor a 距离 row that names them or their county, in the instance's order."""
        pointless = np.isnan(self._points[:, 0])
        return tuple(s.site_id for s, bare in zip(self._site.values(), pointless, strict=True)
                     if bare and not self._table.names(s))

    def _at(self, ids: Sequence[str]) -> npt.NDArray[np.intp]:
        return np.array([self._index[i] for i in ids], np.intp)

    def _deciding(self, homes: Sequence[str], hosts: Sequence[str]) -> Int32 | None:
        if not len(self._table.hectometres):
            return None
        return self._table.matrix([self._site[i] for i in homes], [self._site[i] for i in hosts])

    def _great_circle(self, starts: Index, ends: Index) -> Int32:
        """Return the great-circle hectometres of positions that broadcast against each other."""
        half_chord = self._squares(starts, ends, 0)
        for axis in (1, 2):
            half_chord += self._squares(starts, ends, axis)
        np.sqrt(half_chord, out=half_chord)
        half_chord /= 2
        np.arcsin(np.minimum(half_chord, 1.0, out=half_chord), out=half_chord)
        half_chord *= self._scale
        half_chord += 0.5
        half_chord[np.isnan(half_chord)] = -1.0
        return np.floor(half_chord, out=half_chord).astype(np.int32)

    def _squares(self, starts: Index, ends: Index, axis: int) -> Floats:
        line = self._axes[axis]
        step: Floats = line[starts] - line[ends]
        return np.square(step, out=step)


def unit_vectors(sites: Sequence[Site]) -> Floats:
    """Return the sites' points on the unit sphere, shape (n, 3); NaN where a site has no coordinates.

    Half the chord between two of them is the square root of the haversine formula's ``a``, and costs no sine a pair.
    """
    empty = np.nan
    lon = np.array([empty if s.lon is None or s.lat is None else s.lon for s in sites], np.float64)
    lat = np.array([empty if s.lon is None or s.lat is None else s.lat for s in sites], np.float64)
    datums = np.array([s.datum for s in sites], str)
    for datum in ("GCJ02", "BD09"):
        of = datums == datum
        lon[of], lat[of] = to_wgs84(lon[of], lat[of], datum)
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
