"""Makes the instance: ``python -m instances.hefei_resident.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import County, read_counties
from instances.generator.draws import pick, repeated
from instances.generator.roster import Roster, save
from instances.generator.subjects import RELATED, TAUGHT

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
REFERENCE = date(2026, 9, 1)
CITY = "市属"
AREAS: Mapping[str, tuple[str, ...]] = {
    CITY: ("巢湖市", "肥东县", "肥西县", "长丰县", "庐江县"),
    "瑶海区": ("肥东县",), "新站区": ("肥东县",), "包河区": ("肥西县",), "蜀山区": ("庐江县",), "经开区": ("庐江县",),
    "庐阳区": ("巢湖市", "长丰县"), "高新区": ("巢湖市", "长丰县"),
}
"""The source's matrix: where each area sends, besides its own weak schools."""
COUNTIES = AREAS[CITY]
SEATED_IN = {CITY: "庐阳区", "新站区": "瑶海区", "经开区": "蜀山区", "高新区": "蜀山区"}
"""Assumption: where areas that the county table does not have are drawn."""
POSTS = {"primary": ("chinese", "math", "english", "music"), "junior": ("chinese", "math", "english", "physics")}
STATUSES = {"pending": 6, "rejected": 4}
PASSED = ("pass", "pass", "pass")


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(45, REFERENCE)
    places = _places()
    senders = {area: _senders(roster, places[area]) for area in places}
    for area in places:
        _receivers(roster, places[area])
    _pairings(roster)
    for area, homes in senders.items():
        for home in homes:
            _teachers(roster, home, 4 if area == CITY else 2)
    _at_the_limit(roster, senders[CITY][0])
    _statuses(roster)
    _half_a_year(roster)
    return roster.instance()


def _places() -> Mapping[str, County]:
    known = {c.name: c for c in read_counties("安徽省") if c.prefecture == "合肥市"}
    areas = (*AREAS, *COUNTIES)
    return {area: known[SEATED_IN.get(area, area)]._replace(name=area) for area in areas}


def _senders(roster: Roster, place: County) -> list[Site]:
    """Add the urban schools of an area; those of the city itself include one of special education."""
    stages = ["primary", "primary", "junior", "junior"]
    stages += ["primary", "junior", "special"] if place.name == CITY else []
    adcode = None if place.name in SEATED_IN else place.adcode
    return [roster.site(place, "sender", (stage,), km=3, adcode=adcode) for stage in stages]


def _receivers(roster: Roster, place: County) -> None:
    """Add four rural schools of a county, in two one of special education; of a district two weak and one not."""
    if place.name in COUNTIES:
        sites = [roster.site(place, "receiver", (stage,), km=14, weak=weak, hardship=1)
                 for stage in POSTS for weak in (True, False)]
        if place.name in ("肥东县", "庐江县"):
            roster.need(roster.site(place, "receiver", ("special",), km=6), "special_needs", 2)
    elif place.name != CITY:
        adcode = None if place.name in SEATED_IN else place.adcode
        sites = [roster.site(place, "receiver", (stage,), km=5, weak=weak, rural=False, adcode=adcode)
                 for stage, weak in (("primary", True), ("junior", True), ("primary", False))]
    else:
        sites = []
    for site in sites:
        for subject in POSTS[site.stages[0]]:
            roster.need(site, subject, note="7 月由县区上报")


def _pairings(roster: Roster) -> None:
    basis = "范文1 派出区与受援区"
    for area, receivers in AREAS.items():
        if area != CITY:
            roster.pairing(area, area, weak_only=True, basis=basis)
        for county in receivers:
            roster.pairing(area, county, basis=basis)
    for county in COUNTIES:
        roster.pairing(county, county, basis=basis + "：县城到本县农村")


def _teachers(roster: Roster, home: Site, count: int) -> None:
    stage = home.stages[0]
    weights = {subject: TAUGHT[stage][subject] for subject in POSTS[stage]} if stage in POSTS else {"special_needs": 1}
    for _ in range(count):
        subject = pick(roster.random, weights)
        roster.teacher(home, subject, pick(roster.random, {"none": 7, "county": 2, "city": 1}),
                       alt_subjects=RELATED.get(subject, ()))


def _at_the_limit(roster: Roster, home: Site) -> None:
    """Add four who are 45 on the day, four who turned 46 that month, and three who lack the rest."""
    able: dict[str, Any] = {"rural_years": 0.0, "rural_until": None, "appraisals": PASSED, "title": "first",
                            "title_since": date(2020, 9, 1)}
    for birth in repeated({date(1980, 10, 1): 4, date(1980, 9, 1): 4}):
        roster.teacher(home, "chinese", birth=birth, **able)
    able["birth"] = date(1990, 3, 1)
    roster.teacher(home, "math", **(able | {"rural_years": 1.0, "rural_until": date(2022, 7, 1)}))
    roster.teacher(home, "math", **(able | {"appraisals": ("pass", "basic", "pass")}))
    roster.teacher(home, "math", **(able | {"appraisals": ("pass", "excellent")}))


def _statuses(roster: Roster) -> None:
    """Leave some applications open and send some back, as they stand when the schools have vetted."""
    chosen = roster.random.permutation(len(roster.teachers) - 11)
    for index, status in zip(chosen, repeated(STATUSES), strict=False):
        roster.teachers[index] = roster.teachers[index]._replace(status=status)


def _half_a_year(roster: Roster) -> None:
    """Ask for two teachers of Chinese for half a year: volunteers are left for it, and the rule keeps them from it."""
    host = next(s for s in roster.sites if s.county == "肥东县" and s.role == "receiver" and "primary" in s.stages)
    roster.need(host, "chinese", 2, term=0.5, note="半学年")


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
