"""The points of a placement: each term rounded half up on its own, then added (reading 23)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from matching.audit.factbook import Facts
from matching.audit.measures import all_hectometres
from matching.audit.numbers import exact, half_up
from matching.audit.pair import Pair
from matching.audit.rolls import Roll
from matching.audit.values import Values
from matching.domain.findings import InputError, error
from matching.domain.terms import BACKBONE

Table = Mapping[str, int | tuple[int, ...]]


class Pointer:
    """Adds up the points of placements by a table, term by term over all placements."""

    def __init__(self, facts: Facts, table: Table) -> None:
        self._facts, self._table = facts, table
        instance = facts.instance
        self._places = {*instance.site, *instance.need, *(s.county for s in instance.sites)}

    def total(self, roll: Roll) -> int:
        """Return the points of all placements of a roll."""
        return sum(self._term(name, points, roll) for name, points in self._table.items()) if len(roll) else 0

    def _term(self, name: str, points: int | tuple[int, ...], roll: Roll) -> int:
        if isinstance(points, tuple):
            wished = roll.asked([(wish, None) for wish in WISHES], self._wished).array(np.bool_)
            met = roll.only(wished).column(self._facts.field("preference")).times()
            return sum(points[3 if place == "none" else int(place) - 1] * times for place, times in met)
        return sum(half_up(points * amount) * times for amount, times in self._amounts(name, roll).times())

    def _wished(self, pair: Pair) -> bool:
        """Tell whether the teacher named a wish that is known."""
        t = pair.teacher
        return t is not None and any(wish in self._places for wish in (t.pref_1, t.pref_2, t.pref_3) if wish)

    def _amounts(self, name: str, roll: Roll) -> Values:
        """Return how many units of points each placement has under one name of the table."""
        if name == "km":
            return all_hectometres(self._facts, roll).map(lambda hectometres: Fraction(hectometres, 10))
        if name == "yuan":
            return self._facts.yuan_over(roll).map(lambda yuan: Fraction(yuan, 1000))
        if name == "score":
            return self._column("score", roll).map(lambda score: exact(score or 0))
        if name == "hardship":
            return self._column("host.hardship", roll).map(int)
        return self._flags(name, roll).map(int)

    def _flags(self, name: str, roll: Roll) -> Values:
        if name in _IS:
            field, words = _IS[name]
            return self._column(field, roll).map(lambda word: word in words)
        if name == "other_mode":
            looks = [("need.modes", None), ("teacher.modes", None)]
            return roll.asked(looks, self._other_mode)
        if name == "backbone":
            least = BACKBONE.rank(self._facts.policy.backbone)
            return self._column("backbone", roll).map(lambda level: BACKBONE.rank(level) >= least)
        raise InputError([error("unknown_points", f"积分里没有“{name}”", f"there are no points called '{name}'",
                                value=name)])

    def _other_mode(self, pair: Pair) -> bool:
        return bool(self._facts.get("mode", pair) != self._facts.get("need.modes", pair)[0])

    def _column(self, name: str, roll: Roll) -> Values:
        return roll.column(self._facts.field(name))


WISHES = ("teacher.pref_1", "teacher.pref_2", "teacher.pref_3")
_IS: Mapping[str, tuple[str, frozenset[object]]] = {
    "alt_subject": ("subject_fit", frozenset({"alt"})),
    "other_stage": ("stage_fit", frozenset({"other"})),
    "other_county": ("same_county", frozenset({False})),
    "not_paired": ("pairing", frozenset({"open", "closed", "forbid"})),
    "promotion_need": ("promotion_need", frozenset({True})),
    "home_county_match": ("home_county_match", frozenset({True})),
    "language_missing": ("language_ok", frozenset({False})),
    "moved": ("moved", frozenset({True})),
}
