"""What the 结对 rows say of one home and one host (Contract 1, "结对")."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.instance import Instance
from matching.domain.records import Site

_LEVELS = ("prefecture", "county", "consortium", "site_id")
_STRENGTH = ("allow", "prefer", "must", "forbid")


class Pairings:
    """The staff rows, looked up pair by pair."""

    def __init__(self, instance: Instance) -> None:
        self._places = {level: frozenset(getattr(s, level) for s in instance.sites) for level in _LEVELS}
        staff = [row for row in instance.pairings if row.type != "material"]
        self._ways = [(row.origin, row.destination, row.rule, row.weak_only) for row in staff]
        self._ways += [(row.destination, row.origin, row.rule, row.weak_only) for row in staff if row.two_way]

    def state(self, home: Site, host: Site) -> str:
        """Return must, prefer, allow, open, closed or forbid."""
        matching = [(self._level(to), self._level(origin), _STRENGTH.index(rule))
                    for origin, to, rule, weak_only in self._ways
                    if self._covers(origin, home) and self._covers(to, host) and (host.weak or not weak_only)]
        if matching:
            return _STRENGTH[max(matching)[2]]
        return "closed" if any(rule in ("allow", "must") for rule in self._rules_from(home)) else "open"

    def _rules_from(self, home: Site) -> Iterator[str]:
        return (rule for origin, _, rule, _ in self._ways if self._covers(origin, home))

    def _level(self, place: str) -> int:
        """Return the most specific level at which any site bears that name."""
        return max(i for i, level in enumerate(_LEVELS) if place in self._places[level])

    def _covers(self, place: str, site: Site) -> bool:
        return getattr(site, _LEVELS[self._level(place)]) == place  # type: ignore[no-any-return]
