"""The 距离 sheet: which of its rows states the way between two sites."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.records import Site
from matching.domain.vocabulary import fold

if TYPE_CHECKING:
    from scipy import sparse

Int32 = npt.NDArray[np.int32]
Index = npt.NDArray[np.integer[Any]]
_LARGEST = 2**31 - 1


class Table:
    """Stated distances, looked up by site and by county.

    A row between sites beats one from a county to the site, then one from the site to a county, then one between
    counties. At each of these steps a row counts both ways, unless the reverse row is given; of rows given twice
    the first counts. A name that is both a site's id and a county is the site.

    Attributes
    ----------
    hectometres : int32 array, shape (n_rows,)
    minutes : float64 array, shape (n_rows,); NaN where not given
    """

    def __init__(self, instance: Instance) -> None:
        self._site = {site.site_id: code for code, site in enumerate(instance.sites)}
        counties = dict.fromkeys(fold(site.county) for site in instance.sites)
        self._county = {county: code for code, county in enumerate(counties, len(self._site))}
        self._county_of_site = np.array([self._county[fold(site.county)] for site in instance.sites], np.int32)
        rows = instance.distances
        self.hectometres = np.array([to_hectometres(row.km) for row in rows], np.int32)
        self.minutes = np.array([np.nan if row.minutes is None else row.minutes for row in rows], np.float64)
        self._rows = self._both_ways([(row.origin, row.destination) for row in rows])
        self.stops = frozenset(stop for pair in self._rows for stop in pair)

    def _both_ways(self, ends: list[tuple[str, str]]) -> Mapping[tuple[int, int], int]:
        given: dict[tuple[int, int], int] = {}
        for row, (origin, destination) in enumerate(ends):
            a, b = self._stop(origin), self._stop(destination)
            if a is not None and b is not None:
                given.setdefault((a, b), row)
        return {(b, a): row for (a, b), row in given.items()} | given

    def _stop(self, name: str) -> int | None:
        return self._site.get(name, self._county.get(fold(name)))

    def names(self, site: Site) -> bool:
        """Tell whether any row names the site or its county."""
        return self._site[site.site_id] in self.stops or self._county[fold(site.county)] in self.stops

    def row(self, home: Site, host: Site) -> int:
        """Return the number of the row that decides, or -1."""
        a, b = self._site[home.site_id], self._site[host.site_id]
        a_county, b_county = self._county[fold(home.county)], self._county[fold(host.county)]
        ways = ((a, b), (a_county, b), (a, b_county), (a_county, b_county))
        return next((self._rows[way] for way in ways if way in self._rows), -1)

    def matrix(self, homes: list[Site], hosts: list[Site]) -> Int32:
        """Return the numbers of the rows that decide, shape (n, m); -1 where there is none."""
        decided = np.full((len(homes), len(hosts)), -1, np.int32)
        if not self._rows:
            return decided
        a, b = self._codes(homes), self._codes(hosts)
        for by_home, by_host in ((1, 1), (0, 1), (1, 0), (0, 0)):
            found = self._block(a[by_home], b[by_host])
            np.copyto(decided, found, where=found >= 0)
        return decided

    def between(self, homes: Index, hosts: Index) -> Int32 | None:
        """Return the rows that decide pairs of sites given by position, -1 where none; None without any row."""
        if not self._rows:
            return None
        decided = np.full(len(homes), -1, np.int32)
        county = self._county_of_site
        for ways in ((county[homes], county[hosts]), (homes, county[hosts]), (county[homes], hosts), (homes, hosts)):
            found = self._found(*ways)
            np.copyto(decided, found, where=found >= 0)
        return decided

    def _found(self, origins: Index, destinations: Index) -> Int32:
        keys, rows = self._sorted
        wanted = origins.astype(np.int64) * self._size + destinations
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, rows[at], np.int32(-1))

    @property
    def _size(self) -> int:
        return len(self._site) + len(self._county)

    @cached_property
    def _sorted(self) -> tuple[npt.NDArray[np.int64], Int32]:
        """The ways as sorted whole numbers, and the row of each."""
        ends = np.array(list(self._rows), np.int64).reshape(-1, 2)
        keys = ends[:, 0] * self._size + ends[:, 1]
        order = np.argsort(keys)
        return keys[order], np.fromiter(self._rows.values(), np.int32, len(self._rows))[order]

    def _codes(self, sites: list[Site]) -> tuple[Int32, Int32]:
        own = np.array([self._site[site.site_id] for site in sites], np.int32)
        return own, np.array([self._county[fold(site.county)] for site in sites], np.int32)

    def _block(self, origins: Int32, destinations: Int32) -> Int32:
        block: Int32 = self._sparse[origins][:, destinations].toarray() - np.int32(1)
        return block

    @cached_property
    def _sparse(self) -> sparse.csr_array:
        from scipy import sparse

        ends = np.array(list(self._rows), np.int32).reshape(-1, 2)
        rows_from_1 = np.fromiter(self._rows.values(), np.int32, len(self._rows)) + 1
        return sparse.csr_array((rows_from_1, (ends[:, 0], ends[:, 1])), shape=(self._size, self._size))


def to_hectometres(km: float) -> int:
    """Return `km`, read from its shortest decimal text, in whole hectometres, half up."""
    exact = (Decimal(repr(float(km))) * 10).to_integral_value(ROUND_HALF_UP)
    return min(int(exact), _LARGEST)
