"""Sending schools in 28 counties and receiving schools in 58."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from instances.gansu_2014 import figures as f
from instances.generator.counties import County, scatter
from instances.generator.draws import at_least_one, pick_some, repeated, shuffled
from instances.generator.records import record

from matching.domain.records import Site
from matching.travel.datum import to_wgs84

GCJ02_PREFECTURE = "定西市"  # one prefecture that took its points from an online map


def sender_schools(random: np.random.Generator, counties: Sequence[County]) -> list[Site]:
    """Return the sending schools without their release caps, which wait for the volunteers.

    A county with a single sending school has a nine-year one.
    """
    sizes = at_least_one({c: f.SENDER_WEIGHTS[c.name] for c in counties}, f.SENDER_SCHOOLS)
    first = {c: ("九年制学校",) if size == 1 else () for c, size in sizes.items()}
    return [_school(random, *place, "sender") for place in _places(random, sizes, first, f.SENDER_KINDS)]


def receiver_schools(random: np.random.Generator, counties: Sequence[County]) -> list[Site]:
    """Return the receiving schools without their beds, which wait for the needs.

    Every county has a primary and a junior school; the first primary school of `figures.TIBETAN_COUNTY` teaches
    in Tibetan.
    """
    weights = {c: float(random.uniform(0.5, 1.5)) for c in counties}
    sizes = {c: 1 + size for c, size in at_least_one(weights, f.RECEIVER_SCHOOLS - len(counties)).items()}
    first = dict.fromkeys(counties, ("小学", "初级中学"))
    sites = [_school(random, *place, "receiver") for place in _places(random, sizes, first, f.RECEIVER_KINDS)]
    tibetan = next(s for s in sites if s.county == f.TIBETAN_COUNTY and s.school_type == "小学")
    renamed = tibetan._replace(name=tibetan.name.replace("小学", "藏语小学"), language="藏语")
    return [renamed if s is tibetan else s for s in sites]


def _places(random: np.random.Generator, sizes: Mapping[County, int], first: Mapping[County, Sequence[str]],
            kinds: Mapping[str, int]) -> Iterator[tuple[County, int, str]]:
    """Yield each school's county, number and kind; `kinds` says how many there are of each in all."""
    rest = Counter(kinds) - Counter(kind for own in first.values() for kind in own)
    free = iter(shuffled(random, repeated(rest)))
    for county, size in sizes.items():
        own = [*first[county], *islice(free, size - len(first[county]))]
        yield from ((county, own[:at].count(kind) + 1, kind) for at, kind in enumerate(own))


def _school(random: np.random.Generator, county: County, number: int, kind: str, role: str) -> Site:
    sender = role == "sender"
    lon, lat = scatter(random, county, 4 if sender else 14)
    order = list(f.STAGES_OF_KIND).index(kind) + 1
    return record(
        Site, site_id=f"{'S' if sender else 'R'}{county.adcode}{order}{number:02d}",
        name=f"{county.name}第{number}{kind}", role=role, school_type=kind, stages=f.STAGES_OF_KIND[kind],
        adcode=county.adcode, county=county.name, prefecture=county.prefecture,
        township=None if sender else f"{county.name}第{int(random.integers(1, 13))}乡镇",
        lon=lon, lat=lat, hardship=0 if sender else f.HARDSHIP.get(county.name, 0), rural=not sender,
        weak=not sender and bool(random.random() < 0.3), **_size(random, sender),
    )


def _size(random: np.random.Generator, sender: bool) -> dict[str, int | float]:
    staff = int(random.integers(60, 181)) if sender else int(random.integers(15, 81))
    return {"staff": staff, "posts_established": staff + int(random.integers(0, 3 if sender else 9)),
            "pupils": int(staff * random.uniform(12, 18)),
            "share_50plus": round(float(random.uniform(0.12, 0.3) if sender else random.uniform(0.15, 0.5)), 2)}


def with_beds(random: np.random.Generator, sites: Sequence[Site], seats: Mapping[str, int]) -> list[Site]:
    """Return the receiving schools with lodging: own beds, some by gender, three houses shared by two schools."""
    shared = _shared_houses(random, sites)
    return [_lodged(random, site, seats.get(site.site_id, 0), shared) for site in sites]


def _shared_houses(random: np.random.Generator, sites: Sequence[Site]) -> dict[str, str]:
    by_county: dict[str, list[Site]] = {}
    for site in sites:
        by_county.setdefault(site.county, []).append(site)
    counties = pick_some(random, [c for c, own in by_county.items() if len(own) >= 3], 3)
    return {s.site_id: f"{county}教师周转房" for county in counties for s in by_county[county][:2]}


def _lodged(random: np.random.Generator, site: Site, seats: int, shared: Mapping[str, str]) -> Site:
    if site.site_id in shared:
        return site._replace(dorm=shared[site.site_id], beds=16)
    draw = random.random()
    if draw < 0.1:
        return site  # no limit stated
    beds = max(2, round(seats * float(random.uniform(0.75, 1.4))))
    if draw < 0.3:
        men = max(1, round(beds * 0.4))
        return site._replace(beds=beds, beds_men=men, beds_women=max(1, beds - men))
    return site._replace(beds=beds)


def with_some_in_gcj02(sites: Sequence[Site]) -> list[Site]:
    """Return the sites, those of one prefecture with their points in GCJ-02."""
    return [_in_gcj02(s) if s.prefecture == GCJ02_PREFECTURE else s for s in sites]


def _in_gcj02(site: Site) -> Site:
    lon, lat = np.array([site.lon]), np.array([site.lat])
    back_lon, back_lat = to_wgs84(lon, lat, "GCJ02")
    return site._replace(lon=round(float(2 * lon[0] - back_lon[0]), 5), lat=round(float(2 * lat[0] - back_lat[0]), 5),
                         datum="GCJ02")
