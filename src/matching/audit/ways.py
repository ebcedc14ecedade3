"""How the ways between many sites stand to the 结对 rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.audit.pairings import PAIRING, Pairings
from matching.audit.rolls import Book, Roll
from matching.audit.values import Ints, Values

ENDS = ("home.site_id", "host.site_id")
WORDS = tuple(term.key for term in PAIRING.terms)


def alike_ends(pairings: Pairings) -> Mapping[str, Callable[[Any], Any]]:
    """Return what takes the ends for the same between which the rows tell no difference."""
    return dict(zip(ENDS, (pairings.alike_home, pairings.alike_host), strict=True))


class Hosts(NamedTuple):
    """Receiving sites alike to the rows: one site of each class, and the classes that each name calls."""

    one: Sequence[str]
    called: Mapping[str, Sequence[int]]


class Ways:
    """The state of ways; of those out of one home only the ways that a row reaches are looked at."""

    def __init__(self, pairings: Pairings) -> None:
        self._pairings = pairings

    def column(self, roll: Roll) -> Values:
        """Return the state of each pair's way."""
        known = self._pairings
        hosts = _hosts(known, roll.book)
        host = roll.codes(ENDS[1], known.alike_host)
        codes = np.empty(len(roll), np.int64)
        for home, rows in _by_home(known, roll):
            codes[rows] = self._out_of(home, hosts)[host[rows]]
        return Values(WORDS, codes)

    def _out_of(self, home: str, hosts: Hosts) -> Ints:
        """Return the state of the way from a home to each class of receiving sites."""
        states = np.full(len(hosts.one), WORDS.index(self._pairings.elsewhere(home)), np.int64)
        for name in self._pairings.ends(home):
            for at in hosts.called.get(name, ()):
                states[at] = WORDS.index(self._pairings.state(home, hosts.one[at]))
        return states


def _by_home(pairings: Pairings, roll: Roll) -> Iterator[tuple[str, Ints]]:
    """Yield one home site of each class of those alike to the rows, and the rows of a roll that begin there."""
    homes = roll.codes(ENDS[0], pairings.alike_home)
    order = np.argsort(homes, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(homes[order])) + 1):
        if len(rows):
            home = roll.pair(int(rows[0])).home
            assert home is not None
            yield home.site_id, rows


def _hosts(pairings: Pairings, book: Book) -> Hosts:
    codes = book.attribute(ENDS[1], pairings.alike_host).codes
    one = [""] * (int(codes.max(initial=-1)) + 1)
    called: dict[str, list[int]] = {}
    for code, row in zip(*np.unique(codes, return_index=True), strict=True):
        one[code] = book.needs[row].site_id
        for name, _ in pairings.called(one[code]):
            called.setdefault(name, []).append(int(code))
    return Hosts(one, called)
