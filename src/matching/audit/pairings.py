"""The 结对 rows: which ways are open, and which rows cover a pair of sites (Contract 1, 结对)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.records import Pairing, Site
from matching.domain.terms import PAIRING_RULE
from matching.domain.vocabulary import Term, Vocabulary

ORDER = ("forbid", "must", "prefer", "allow")
PAIRING = Vocabulary("pairing", (*PAIRING_RULE.terms, Term("open", "未限定"), Term("closed", "未开通")))


class Way(NamedTuple):
    """One direction of a row out of a home site: `start` and `level` say how specific its two ends are."""

    row: int
    start: int
    rule: str
    weak_only: bool


class Pairings:
    """The staff rows of an instance; material rows move no teacher."""

    def __init__(self, instance: Instance) -> None:
        self.rows: tuple[Pairing, ...] = tuple(p for p in instance.pairings if p.type != "material")
        self._site = instance.site
        self._out: dict[str, Mapping[str, list[Way]]] = {}
        self._states: dict[tuple[str, str], str] = {}

    @cached_property
    def _from(self) -> Mapping[str, list[tuple[int, str]]]:
        """Rows and their other ends, by the end that sends."""
        ends = defaultdict(list)
        for at, row in enumerate(self.rows):
            ends[row.origin].append((at, row.destination))
            if row.two_way and row.origin != row.destination:
                ends[row.destination].append((at, row.origin))
        return ends

    def _ways(self, home: str) -> Mapping[str, list[Way]]:
        """Ways out of a site, by the name of their receiving end."""
        if home not in self._out:
            ways = defaultdict(list)
            for name, start in names(self._site[home]).items():
                for at, end in self._from.get(name, ()):
                    ways[end].append(Way(at, start, self.rows[at].rule, self.rows[at].weak_only))
            self._out[home] = dict(ways)
        return self._out[home]

    def _matches(self, home: str, host: str) -> list[tuple[int, Way]]:
        ways, site = self._ways(home), self._site[host]
        return [(end, way) for name, end in names(site).items() for way in ways.get(name, ())
                if site.weak or not way.weak_only]

    def covering(self, home: str, host: str) -> frozenset[int]:
        """Return the places in `rows` of all that cover the way from one site to another."""
        return frozenset(way.row for _, way in self._matches(home, host))

    def state(self, home: str, host: str) -> str:
        """Return must, prefer, allow, forbid, open or closed, by the most specific row (reading 6)."""
        key = (home, host)
        if key not in self._states:
            self._states[key] = self._decide(home, host)
        return self._states[key]

    def _decide(self, home: str, host: str) -> str:
        found = min(((end, way.start, ORDER.index(way.rule)) for end, way in self._matches(home, host)), default=None)
        if found is not None:
            return ORDER[found[2]]
        rules = {way.rule for ways in self._ways(home).values() for way in ways}
        return "closed" if rules & {"allow", "must"} else "open"


def names(site: Site) -> dict[str, int]:
    """Return what a row may call a site, with the most specific meaning of each: 0 its id, ... 3 its prefecture."""
    levels = enumerate((site.site_id, site.consortium, site.county, site.prefecture))
    return {name: level for level, name in reversed(list(levels)) if name}


def least(row: Pairing) -> int | None:
    """Return a row's floor: `must` is at least 1."""
    return max(row.minimum or 0, 1) if row.rule == "must" else row.minimum
