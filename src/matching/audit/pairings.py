"""The 结对 rows: which ways are open, and which rows cover a pair of sites (Contract 1, 结对)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

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
        self._called: dict[str, list[tuple[str, int]]] = {}
        self._else: dict[str, str] = {}

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

    def alike_home(self, home: str) -> Any:
        """Return what the rows know of a sending site: of sites that answer the same, every way is alike."""
        return tuple((name, level) for name, level in names(self._site[home]).items() if name in self._from)

    def alike_host(self, host: str) -> Any:
        """Return what the rows know of a receiving site."""
        return self._site[host].weak, *self.called(host)

    @cached_property
    def _ends(self) -> frozenset[str]:
        return frozenset(end for ends in self._from.values() for _, end in ends)

    def _matches(self, home: str, host: str) -> list[tuple[int, Way]]:
        ways, weak = self._ways(home), self._site[host].weak
        return [(end, way) for name, end in self.called(host) if name in ways for way in ways[name]
                if weak or not way.weak_only]

    def called(self, host: str) -> Sequence[tuple[str, int]]:
        """Return what rows call a receiving site, of all that they may call it, with the meaning of each name."""
        if host not in self._called:
            self._called[host] = [(name, level) for name, level in names(self._site[host]).items()
                                  if name in self._ends]
        return self._called[host]

    def ends(self, home: str) -> Iterable[str]:
        """Return the names to which rows lead from a site."""
        return self._ways(home)

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
        return self.elsewhere(home)

    def elsewhere(self, home: str) -> str:
        """Return how the ways that no row covers are for a sender."""
        if home not in self._else:
            rules = {way.rule for ways in self._ways(home).values() for way in ways}
            self._else[home] = "closed" if rules & {"allow", "must"} else "open"
        return self._else[home]


def names(site: Site) -> dict[str, int]:
    """Return what a row may call a site, with the most specific meaning of each: 0 its id, ... 3 its prefecture."""
    levels = enumerate((site.site_id, site.consortium, site.county, site.prefecture))
    return {name: level for level, name in reversed(list(levels)) if name}


def least(row: Pairing) -> int | None:
    """Return a row's floor: `must` is at least 1."""
    return max(row.minimum or 0, 1) if row.rule == "must" else row.minimum
