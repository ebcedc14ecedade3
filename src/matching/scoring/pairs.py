"""The values that a condition's fields have for one placement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import Placement
from matching.domain.records import Need, Site, Teacher
from matching.domain.vocabulary import fold
from matching.policy.model import Policy
from matching.scoring.ledger import Ledger
from matching.scoring.pairings import Pairings
from matching.travel import Distances

_MANDARIN = frozenset(map(fold, ("普通话", "汉语", "国家通用语言", "Mandarin", "Chinese")))
_NEVER = float("inf")


class Pair(NamedTuple):
    """One placement with the records it joins."""

    placement: Placement
    teacher: Teacher
    need: Need
    home: Site
    host: Site


class PairValues:
    """Field values as the records hold them; None or an empty tuple where missing."""

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self._instance = instance
        self._policy = policy
        self._derived: Mapping[str, Callable[[Pair], Any]] = {
            name.removeprefix("_get_"): getattr(self, name) for name in dir(self) if name.startswith("_get_")
        }

    def pair(self, placement: Placement) -> Pair:
        """Return the placement with its records; KeyError where an id is unknown."""
        teacher, need = self._instance.teacher[placement.teacher], self._instance.need[placement.need]
        return Pair(placement, teacher, need, self._instance.site[teacher.home_site], self._instance.site[need.site_id])

    def value(self, name: str, pair: Pair) -> Any:
        """Return the value of the field with that canonical name."""
        if name in self._derived:
            return self._derived[name](pair)
        prefix, dot, key = name.partition(".")
        if key == "exchange_staff":
            return self._ledger.exchange_staff(getattr(pair, prefix).site_id)
        return getattr(getattr(pair, prefix), key) if dot else getattr(pair.teacher, name)

    def seat_value(self, name: str, need: Need) -> Any:
        """Return the value of a field of a post or its site (``need.X``, ``host.X``)."""
        prefix, _, key = name.partition(".")
        if key == "exchange_staff":
            return self._ledger.exchange_staff(need.site_id)
        return getattr(need if prefix == "need" else self._instance.site[need.site_id], key)

    @cached_property
    def _distances(self) -> Distances:
        return Distances(self._instance, self._policy.detour)

    @cached_property
    def _pairings(self) -> Pairings:
        return Pairings(self._instance)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._instance, self._policy)

    def _get_credited_hours(self, pair: Pair) -> Fraction:
        return self._ledger.credited(pair.teacher, partial(self.value, pair=pair))

    def _get_ledger_sites(self, pair: Pair) -> tuple[str, ...]:
        return self._ledger.sites(pair.teacher)

    def _get_age(self, pair: Pair) -> int | None:
        return self._years(pair.teacher.birth)

    def _get_years_in_title(self, pair: Pair) -> int | None:
        return self._years(pair.teacher.title_since)

    def _get_years_here(self, pair: Pair) -> int | None:
        return self._years(pair.teacher.joined)

    def _get_years_since_rural(self, pair: Pair) -> float | None:
        return _NEVER if _never_served(pair.teacher) else self._years(pair.teacher.rural_until)

    def _get_served_since_title(self, pair: Pair) -> bool | None:
        until, since = pair.teacher.rural_until, pair.teacher.title_since
        if _never_served(pair.teacher):
            return False
        return until > since if until and since else None

    def _get_appraisals_ok(self, pair: Pair) -> bool | None:
        last = pair.teacher.appraisals[:3]
        return all(a in ("pass", "excellent") for a in last) if len(last) == 3 else None

    def _get_backbone(self, pair: Pair) -> str:
        return self._instance.backbone_level(pair.teacher)

    def _get_km(self, pair: Pair) -> Fraction | None:
        return None if pair.placement.km is None else Fraction(hectometres(pair.placement.km), 10)

    def _get_minutes(self, pair: Pair) -> float | None:
        return self._distances.minutes(pair.home.site_id, pair.host.site_id)

    def _get_mode(self, pair: Pair) -> str | None:
        return pair.placement.mode

    def _get_subject_fit(self, pair: Pair) -> str | None:
        return pair.placement.subject_fit

    def _get_stage_fit(self, pair: Pair) -> str | None:
        return pair.placement.stage_fit

    def _get_preference(self, pair: Pair) -> int | str:
        return pair.placement.preference or "none"

    def _get_pairing(self, pair: Pair) -> str:
        return self._pairings.state(pair.home, pair.host)

    def _get_language_ok(self, pair: Pair) -> bool:
        asked = fold(pair.need.language or pair.host.language or "Mandarin")
        return asked in _MANDARIN or asked in map(fold, pair.teacher.languages)

    def _get_same_county(self, pair: Pair) -> bool | None:
        return _same(pair.home.county, pair.host.county)

    def _get_same_prefecture(self, pair: Pair) -> bool | None:
        return _same(pair.home.prefecture, pair.host.prefecture)

    def _get_same_consortium(self, pair: Pair) -> bool | None:
        return _same(pair.home.consortium, pair.host.consortium)

    def _get_home_county_match(self, pair: Pair) -> bool | None:
        return _same(pair.teacher.home_county, pair.host.county)

    def _get_moved(self, pair: Pair) -> bool:
        last = pair.teacher.last_need
        return last in self._instance.need and last != pair.need.need_id

    def _years(self, since: date | None) -> int | None:
        at = self._policy.reference_date
        return None if since is None else at.year - since.year - ((at.month, at.day) < (since.month, since.day))


def hectometres(km: float) -> int:
    """Return kilometres, stated to 0.1, as whole hectometres."""
    return round(km * 10)


def _never_served(teacher: Teacher) -> bool:
    return teacher.rural_years == 0 and teacher.rural_until is None


def _same(a: str | None, b: str | None) -> bool | None:
    return None if a is None or b is None else fold(a) == fold(b)
