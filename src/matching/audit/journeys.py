"""Fields of the way between two sites: distance, minutes, pairing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from matching.audit.fields import Field, derived
from matching.audit.forms import NumberForm, WordForm
from matching.audit.pairings import PAIRING, Pairings
from matching.audit.rolls import Roll
from matching.audit.values import Ints, Values
from matching.audit.ways import ENDS, Ways, alike_ends
from matching.domain.instance import Instance
from matching.travel import Distances


class Roads:
    """Hectometres between sites, asked of `matching.travel` once a home site."""

    def __init__(self, instance: Instance, detour: Fraction) -> None:
        self.distances = Distances(instance, detour)
        self._site = {site.site_id: at for at, site in enumerate(instance.sites)}
        hosts = tuple(dict.fromkeys(need.site_id for need in instance.needs))
        self._host = {host: at for at, host in enumerate(hosts)}
        self._ends = np.array([self._site[host] for host in hosts], np.int64)
        self._known: dict[str, npt.NDArray[np.int32]] = {}

    def hectometres(self, home: str, host: str) -> int | None:
        """Return the distance from a teacher's site to a post's; None where unknown."""
        if home not in self._known:
            starts = np.full(len(self._ends), self._site[home])
            self._known[home] = self.distances.between(starts, self._ends)
        found = int(self._known[home][self._host[host]])
        return None if found < 0 else found

    def kilometres(self, home: str, host: str) -> Fraction | None:
        """Return the distance in kilometres, exactly (reading 10)."""
        found = self.hectometres(home, host)
        return None if found is None else Fraction(found, 10)

    def over(self, roll: Roll) -> Ints:
        """Return the hectometres of each pair of a roll; -1 where unknown."""
        assert roll.teachers is not None
        assert roll.needs is not None
        found = self.distances.between(roll.book.home[roll.teachers], roll.book.host[roll.needs])
        return found.astype(np.int64)

    def column(self, roll: Roll) -> Values:
        """Return the kilometres of each pair of a roll."""
        values, codes = np.unique(self.over(roll), return_inverse=True)
        return Values([None if found < 0 else Fraction(found, 10) for found in values.tolist()], codes)


def journey_fields(roads: Roads, pairings: Pairings) -> Iterator[Field]:
    """Yield km, minutes and pairing."""
    yield replace(derived("km", "公里数", ENDS, NumberForm(), roads.kilometres), column=roads.column)
    yield derived("minutes", "车程(分)", ENDS, NumberForm(), roads.distances.minutes)
    pairing = derived("pairing", "结对", ENDS, WordForm(PAIRING), pairings.state)
    yield replace(pairing, alike=alike_ends(pairings), column=Ways(pairings).column)
