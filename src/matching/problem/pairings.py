"""What the 结对 rows say of each pair of sites (Contract 1, "结对")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.records import Pairing
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


class _Places:
    """Finds the sites that a place names, and how precise the name is."""

    def __init__(self, instance: Instance) -> None:
        self._n = len(instance.sites)
        self._at: dict[str, tuple[int, list[int]]] = {}
        for level, name in enumerate(_LEVELS):
            found: dict[str, list[int]] = {}
            for index, site in enumerate(instance.sites):
                found.setdefault(getattr(site, name), []).append(index)
            self._at.update({place: (level, sites) for place, sites in found.items()})

    def __call__(self, place: str) -> tuple[int, Bools]:
        level, sites = self._at[place]
        mask = np.zeros(self._n, np.bool_)
        mask[sites] = True
        return level, mask


def _ways(instance: Instance) -> Iterator[Way]:
    weak = np.fromiter((s.weak for s in instance.sites), np.bool_, len(instance.sites))
    places = _Places(instance)
    for index, row in enumerate(instance.pairings):
        if row.type == "material":
            continue
        for origin, destination in _directions(row):
            (from_level, homes), (to_level, hosts) = places(origin), places(destination)
            precision = to_level * len(_LEVELS) + from_level
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
