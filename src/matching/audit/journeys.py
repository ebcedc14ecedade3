"""Fields of the way between two sites: distance, minutes, pairing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from matching.audit.fields import Field, derived
from matching.audit.forms import NumberForm, WordForm
from matching.audit.pairings import PAIRING, Pairings
from matching.domain.instance import Instance
from matching.travel import Distances

ENDS = ("home.site_id", "host.site_id")


class Roads:
    """Hectometres between sites, asked of `matching.travel` once a home site."""

    def __init__(self, instance: Instance, detour: Fraction) -> None:
        self.distances = Distances(instance, detour)
        self._hosts = tuple(dict.fromkeys(need.site_id for need in instance.needs))
        self._known: dict[str, Mapping[str, int]] = {}

    def hectometres(self, home: str, host: str) -> int | None:
        """Return the distance from a teacher's site to a post's; None where unknown."""
        if home not in self._known:
            row = self.distances.matrix([home], self._hosts)[0].tolist()
            self._known[home] = dict(zip(self._hosts, row, strict=True))
        found = self._known[home][host]
        return None if found < 0 else found

    def kilometres(self, home: str, host: str) -> Fraction | None:
        """Return the distance in kilometres, exactly (reading 10)."""
        found = self.hectometres(home, host)
        return None if found is None else Fraction(found, 10)


def journey_fields(roads: Roads, pairings: Pairings) -> Iterator[Field]:
    """Yield km, minutes and pairing."""
    yield derived("km", "公里数", ENDS, NumberForm(), roads.kilometres)
    yield derived("minutes", "车程(分)", ENDS, NumberForm(), roads.distances.minutes)
    yield derived("pairing", "结对", ENDS, WordForm(PAIRING), pairings.state)
