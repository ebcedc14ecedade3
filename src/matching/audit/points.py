"""The points of a placement: each term rounded half up on its own, then added (reading 23)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from matching.audit.factbook import Facts
from matching.audit.measures import hectometres
from matching.audit.numbers import exact, half_up
from matching.audit.pair import Pair
from matching.domain.findings import InputError, error
from matching.domain.terms import BACKBONE

Table = Mapping[str, int | tuple[int, ...]]


class Pointer:
    """Adds up the points of placements by a table."""

    def __init__(self, facts: Facts, table: Table) -> None:
        self._facts, self._table = facts, table
        instance = facts.instance
        self._places = {*instance.site, *instance.need, *(s.county for s in instance.sites)}

    def points(self, pair: Pair) -> int:
        """Return the points of one placement."""
        return sum(self._term(name, points, pair) for name, points in self._table.items())

    def _term(self, name: str, points: int | tuple[int, ...], pair: Pair) -> int:
        if isinstance(points, tuple):
            return points[self._wish(pair)] if self._wished(pair) else 0
        return half_up(points * self._amount(name, pair))

    def _wished(self, pair: Pair) -> bool:
        """Tell whether the teacher named a wish that is known."""
        t = pair.teacher
        return t is not None and any(wish in self._places for wish in (t.pref_1, t.pref_2, t.pref_3) if wish)

    def _wish(self, pair: Pair) -> int:
        place = self._facts.get("preference", pair)
        return 3 if place == "none" else int(place) - 1

    def _amount(self, name: str, pair: Pair) -> int | Fraction:
        """Return how many units of points a placement has under one name of the table."""
        if name == "km":
            return Fraction(hectometres(self._facts, pair), 10)
        if name == "yuan":
            return Fraction(self._facts.yuan(pair), 1000)
        if name == "score":
            return exact(self._facts.get("score", pair) or 0)
        if name == "hardship":
            return int(self._facts.get("host.hardship", pair))
        return int(self._flag(name, pair))

    def _flag(self, name: str, pair: Pair) -> bool:
        get = self._facts.get
        if name in _IS:
            field, word = _IS[name]
            return bool(get(field, pair) in word)
        if name == "other_mode":
            return bool(get("mode", pair) != get("need.modes", pair)[0])
        if name == "backbone":
            level = self._facts.policy.backbone
            return BACKBONE.rank(get("backbone", pair)) >= BACKBONE.rank(level)
        raise InputError([error("unknown_points", f"积分里没有“{name}”", f"there are no points called '{name}'",
                                value=name)])


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
