"""Fields that belong to a teacher and a post together (Contract 2, "Fields")."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.domain.vocabulary import fold
from matching.problem.classes import ClassTable, Index, class_table
from matching.problem.columns import Atoms, Encode, Floats, Values, number
from matching.problem.pairings import STATES, pairing_table
from matching.travel import Distances

MANDARIN = frozenset(fold(w) for w in ("普通话", "汉语", "国家通用语言", "Mandarin", "Chinese"))
NO_WISH = 4.0
WORDS = ("subject_fit", "stage_fit", "pairing", "mode")
NAMES = frozenset({"km", "minutes", "preference", "language_ok", "same_county", "same_prefecture", "same_consortium",
                   "home_county_match", "moved", *WORDS})
_BY_PAIR = ("km", "minutes", "pairing", "moved")


class PairFields:
    """Works most pair fields out over classes of teachers and needs, and looks pairs up."""

    def __init__(self, instance: Instance, distances: Distances, atoms: Atoms) -> None:
        self._instance = instance
        self._distances = distances
        self._atoms = atoms
        self._table = cache(self._tabulate)
        self._wishes = cache(lambda: _wishes(instance))
        self.pairings = cache(lambda: pairing_table(instance))
        site_at = {s.site_id: i for i, s in enumerate(instance.sites)}
        self.home = np.array([site_at[t.home_site] for t in instance.teachers], np.int32)
        self.host = np.array([site_at[n.site_id] for n in instance.needs], np.int32)

    def values(self, name: str, teachers: Index, needs: Index) -> Values:
        """Return the field's values over pairs given as two index arrays."""
        if name == "preference":
            return Values(self._preference(teachers, needs), lambda v: NO_WISH if v == "none" else number(v))
        encode: Encode = self._atoms if name in WORDS else number
        if name in _BY_PAIR:
            return Values(getattr(self, f"_{name}")(teachers, needs), encode)
        return Values(self._table(name).look(teachers, needs), encode)

    def kinds(self, name: str, at: str) -> Index:
        """Return a class number for each teacher (or need); those of one class are alike to the field."""
        place = self.home if at == "teacher" else self.host
        if name in ("km", "minutes"):
            return place
        if name == "pairing":
            return self.pairings().site[place]
        if name in ("preference", "moved"):
            return np.arange(len(place))
        table = self._table(name)
        return table.teacher if at == "teacher" else table.need

    def hectometres(self, teachers: Index, needs: Index) -> npt.NDArray[np.int32]:
        """Return the distance of each pair in whole hectometres, -1 where unknown."""
        return self._distances.between(self.home[teachers], self.host[needs])

    @property
    def largest_hectometres(self) -> int:
        """What an unknown distance costs."""
        return self._distances.largest

    def _tabulate(self, name: str) -> ClassTable:
        if name in ("same_county", "same_prefecture", "same_consortium"):
            return self._same(name.removeprefix("same_"))
        return getattr(self, f"_{name}")()  # type: ignore[no-any-return]

    def _km(self, teachers: Index, needs: Index) -> Floats:
        hectometres = self.hectometres(teachers, needs)
        return np.where(hectometres < 0, np.nan, hectometres / 10)

    def _minutes(self, teachers: Index, needs: Index) -> Floats:
        return self._distances.minutes_between(self.home[teachers], self.host[needs])

    def _pairing(self, teachers: Index, needs: Index) -> Floats:
        codes = np.array([self._atoms(state) for state in STATES])
        table = self.pairings()
        home, host = table.site[self.home], table.site[self.host]
        return np.asarray(codes[table.by_class[home[teachers], host[needs]]])

    def _same(self, level: str) -> ClassTable:
        sites = self._instance.site
        homes = [getattr(sites[t.home_site], level) for t in self._instance.teachers]
        hosts = [getattr(sites[n.site_id], level) for n in self._instance.needs]
        return class_table(homes, hosts, _equal)

    def _home_county_match(self) -> ClassTable:
        sites = self._instance.site
        return class_table([t.home_county for t in self._instance.teachers],
                           [sites[n.site_id].county for n in self._instance.needs], _equal)

    def _subject_fit(self) -> ClassTable:
        def fit(teacher: Any, need: Any) -> float:
            if teacher[0] == need[0]:
                return self._atoms("main")
            return self._atoms("alt" if need[0] in teacher[1] or teacher[0] in need[1] else "none")
        return class_table([(t.subject, t.alt_subjects) for t in self._instance.teachers],
                           [(n.subject, n.alt_subjects) for n in self._instance.needs], fit)

    def _stage_fit(self) -> ClassTable:
        def fit(stages: Any, stage: Any) -> float:
            return self._atoms("none" if stage not in stages else "main" if stages[0] == stage else "other")
        return class_table([t.stages for t in self._instance.teachers], [n.stage for n in self._instance.needs], fit)

    def _mode(self) -> ClassTable:
        def first(accepted: Any, offered: Any) -> float | None:
            return next((self._atoms(m) for m in offered if m in accepted), None)
        return class_table([t.modes for t in self._instance.teachers], [n.modes for n in self._instance.needs], first)

    def _language_ok(self) -> ClassTable:
        sites = self._instance.site
        asked = [n.language or sites[n.site_id].language or "Mandarin" for n in self._instance.needs]
        return class_table([t.languages for t in self._instance.teachers], asked, _speaks)

    def _preference(self, teachers: Index, needs: Index) -> Floats:
        wishes, places = self._wishes()
        best = np.full(len(teachers), NO_WISH)
        wishing = np.flatnonzero(self.named_wish()[teachers])
        who, where = teachers[wishing], needs[wishing]
        for rank in (3, 2, 1):
            wish = wishes[who, rank - 1]
            met = np.logical_or.reduce([wish == place[where] for place in places.T])
            best[wishing[met]] = rank
        return best

    def named_wish(self) -> npt.NDArray[np.bool_]:
        """Tell, for each teacher, whether they named a known wish."""
        return np.asarray((self._wishes()[0] >= 0).any(axis=1))

    def _moved(self, teachers: Index, needs: Index) -> Floats:
        need_at = {n.need_id: i for i, n in enumerate(self._instance.needs)}
        last = np.array([need_at.get(t.last_need or "", -1) for t in self._instance.teachers], np.int64)
        moved: Floats = ((last[teachers] >= 0) & (last[teachers] != needs)).astype(np.float64)
        return moved


def _equal(a: str | None, b: str | None) -> float | None:
    return None if a is None or b is None else float(fold(a) == fold(b))


def _speaks(languages: tuple[str, ...], asked: str) -> float:
    return float(fold(asked) in MANDARIN or fold(asked) in map(fold, languages))


def _wishes(instance: Instance) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return wishes as codes of places, (n_teachers, 3), -1 where none, and the places each need has, (n_needs, 3)."""
    codes: dict[str, int] = {}
    for site in instance.sites:
        codes.setdefault(site.site_id, len(codes))
        codes.setdefault(site.county, len(codes))
    for need in instance.needs:
        codes.setdefault(need.need_id, len(codes))
    wishes = [[codes.get(w or "", -1) for w in (t.pref_1, t.pref_2, t.pref_3)] for t in instance.teachers]
    places = [[codes[n.need_id], codes[n.site_id], codes[instance.site[n.site_id].county]] for n in instance.needs]
    return np.array(wishes, np.int32).reshape(-1, 3), np.array(places, np.int32).reshape(-1, 3)
