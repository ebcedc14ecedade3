"""What the 结对 rows say of each pair of sites (Contract 1, "结对")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.records import Pairing
from matching.problem.classes import Index, classes
from matching.problem.labels import numbered

STATES = ("open", "closed", "allow", "prefer", "must", "forbid")
_STRENGTH = {"allow": 2, "prefer": 3, "must": 4, "forbid": 5}
_LEVELS = ("prefecture", "county", "consortium", "site_id")


class Way(NamedTuple):
    """One direction of a staff row: the classes of home sites and of host sites, with their precision."""

    row: int
    rule: str
    homes: Index
    hosts: Index
    precision: int


@dataclass(frozen=True)
class PairingTable:
    """Pairing states as indices of `STATES`, and the ways that gave them.

    Attributes
    ----------
    site : the class of each site; those of one class are alike to every row
    by_class : int8, shape (n_classes, n_classes); the state of (home, host)
    """

    site: Index
    by_class: npt.NDArray[np.int8]
    ways: tuple[Way, ...]

    @property
    def states(self) -> npt.NDArray[np.int8]:
        """The state of every pair of sites, int8 of shape (n_sites, n_sites)."""
        return self.by_class[self.site[:, None], self.site]


class _Places:
    """Finds the classes of sites that a place names, and how precise the name is."""

    def __init__(self, instance: Instance, rows: Sequence[Pairing]) -> None:
        named = {place for row in rows for place in (row.origin, row.destination)}
        by_weakness = any(row.weak_only for row in rows)
        keys = [(*(getattr(site, name) in named and getattr(site, name) for name in _LEVELS), by_weakness and site.weak)
                for site in instance.sites]
        self.site, distinct = classes(keys)
        self.weak = np.array([key[-1] for key in distinct], np.bool_)
        self._at: dict[str, tuple[int, list[int]]] = {}
        for level in range(len(_LEVELS)):
            found: dict[str, list[int]] = {}
            for number, key in enumerate(distinct):
                if key[level]:
                    found.setdefault(key[level], []).append(number)
            self._at.update({place: (level, numbers) for place, numbers in found.items()})

    def __call__(self, place: str) -> tuple[int, Index]:
        level, numbers = self._at[place]
        return level, np.array(numbers, np.int32)


def _ways(instance: Instance, places: _Places) -> Iterator[Way]:
    for index, row in enumerate(instance.pairings):
        if row.type == "material":
            continue
        for origin, destination in _directions(row):
            (from_level, homes), (to_level, hosts) = places(origin), places(destination)
            precision = to_level * len(_LEVELS) + from_level
            yield Way(index, row.rule, homes, hosts[places.weak[hosts]] if row.weak_only else hosts, precision)


def _directions(row: Pairing) -> Iterator[tuple[str, str]]:
    yield row.origin, row.destination
    if row.two_way:
        yield row.destination, row.origin


def pairing_table(instance: Instance) -> PairingTable:
    """Return the state of every pair of sites by the most specific row.

    Of the rows that match a pair, the more precise `to` decides, then the more precise `from`; among equals forbid
    beats must, then prefer, then allow. A sender with an allow or must row is closed elsewhere.
    """
    places = _Places(instance, [row for row in instance.pairings if row.type != "material"])
    ways = tuple(_ways(instance, places))
    states = np.zeros((len(places.weak), len(places.weak)), np.int8)
    for way in ways:
        if way.rule in ("allow", "must"):
            states[way.homes] = STATES.index("closed")
    for way in sorted(ways, key=lambda w: (w.precision, _STRENGTH[w.rule])):
        states[np.ix_(way.homes, way.hosts)] = _STRENGTH[way.rule]
    return PairingTable(places.site, states, ways)


def row_labels(instance: Instance) -> Mapping[int, str]:
    """Return the label of each staff row by its index: ``FROM > TO``, with `` #2`` for a second one alike."""
    staff = [index for index, row in enumerate(instance.pairings) if row.type != "material"]
    rows = [instance.pairings[index] for index in staff]
    return dict(zip(staff, numbered(f"{r.origin} > {r.destination}" for r in rows), strict=True))
