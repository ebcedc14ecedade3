"""What the 结对 rows say of each pair of sites (Contract 1, "结对")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.records import Pairing, Site
from matching.problem.labels import numbered

STATES = ("open", "closed", "allow", "prefer", "must", "forbid")
_STRENGTH = {"allow": 2, "prefer": 3, "must": 4, "forbid": 5}
_LEVELS = ("prefecture", "county", "consortium", "site_id")

Bools = npt.NDArray[np.bool_]


class Way(NamedTuple):
    """One direction of a staff row: boolean masks over home sites and host sites, with their precision."""

    row: int
    rule: str
    homes: Bools
    hosts: Bools
    precision: int


@dataclass(frozen=True)
class PairingTable:
    """Pairing states of (home, host) pairs as indices of `STATES`, int8, and the ways that gave them."""

    states: npt.NDArray[np.int8]
    ways: tuple[Way, ...]


def _level(instance: Instance, place: str) -> str:
    sites = instance.sites
    return next(level for level in reversed(_LEVELS) if any(getattr(s, level) == place for s in sites))


def _at(sites: tuple[Site, ...], level: str, place: str) -> Bools:
    return np.fromiter((getattr(s, level) == place for s in sites), np.bool_, len(sites))


def _ways(instance: Instance) -> Iterator[Way]:
    weak = np.fromiter((s.weak for s in instance.sites), np.bool_, len(instance.sites))
    for index, row in enumerate(instance.pairings):
        if row.type == "material":
            continue
        for origin, destination in _directions(row):
            from_level, to_level = _level(instance, origin), _level(instance, destination)
            hosts = _at(instance.sites, to_level, destination)
            precision = _LEVELS.index(to_level) * len(_LEVELS) + _LEVELS.index(from_level)
            homes = _at(instance.sites, from_level, origin)
            yield Way(index, row.rule, homes, hosts & weak if row.weak_only else hosts, precision)


def _directions(row: Pairing) -> Iterator[tuple[str, str]]:
    yield row.origin, row.destination
    if row.two_way:
        yield row.destination, row.origin


def pairing_table(instance: Instance) -> PairingTable:
    """Return the state of every pair of sites, (n_sites, n_sites), by the most specific row.

    Of the rows that match a pair, the more precise `to` decides, then the more precise `from`; among equals forbid
    beats must, then prefer, then allow. A sender with an allow or must row is closed elsewhere.
    """
    ways = tuple(_ways(instance))
    n = len(instance.sites)
    states = np.zeros((n, n), np.int8)
    for way in ways:
        if way.rule in ("allow", "must"):
            states[way.homes] = STATES.index("closed")
    for way in sorted(ways, key=lambda w: (w.precision, _STRENGTH[w.rule])):
        states[np.ix_(way.homes, way.hosts)] = _STRENGTH[way.rule]
    return PairingTable(states, ways)


def row_labels(instance: Instance) -> Mapping[int, str]:
    """Return the label of each staff row by its index: ``FROM > TO``, with `` #2`` for a second one alike."""
    staff = [index for index, row in enumerate(instance.pairings) if row.type != "material"]
    rows = [instance.pairings[index] for index in staff]
    return dict(zip(staff, numbered(f"{r.origin} > {r.destination}" for r in rows), strict=True))
