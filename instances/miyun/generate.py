"""Makes the workbook: ``python -m instances.miyun.generate`` from the repository's root."""

from __future__ import annotations

from math import cos, pi, radians, sin
from pathlib import Path

from instances.generator.counties import KM_PER_DEGREE, County, read_counties
from instances.generator.roster import Roster, save
from instances.miyun import figures as f
from instances.miyun.posts import Exchange
from instances.miyun.staff import staff_of

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
TOWN_GROUP = "城区组"


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(f.SEED, f.REFERENCE)
    province, name = f.COUNTY
    county = next(c for c in read_counties(province) if c.name == name)
    towns = [roster.site(county, "both", (stage,), 3.0, rural=False, zone="城镇", consortium=TOWN_GROUP)
             for stage, count in f.TOWN.items() for _ in range(count)]
    mountains = [_mountain(roster, county, stage, at) for stage, count in f.MOUNTAIN.items() for at in range(count)]
    tied = {s.site_id: [_group(at + step) for step in (0, 2, 4)] for at, s in enumerate(towns)}
    _pairings(roster, towns, tied)
    exchange = Exchange(roster, towns, mountains, tied)
    exchange.fill()
    exchange.heads()
    staff_of(roster, mountains)
    return roster.instance()


def _group(at: int) -> str:
    return f"山区第{1 + at % f.GROUPS}组"


def _mountain(roster: Roster, county: County, stage: str, at: int) -> Site:
    """Add a mountain school near the middle of its group; the groups lie round the town's north."""
    angle = pi * (at % f.GROUPS) / (f.GROUPS - 1)
    north, east = (f.GROUP_KM / KM_PER_DEGREE * part for part in (sin(angle), cos(angle)))
    middle = county._replace(lat=county.lat + north, lon=county.lon + east / cos(radians(county.lat)))
    return roster.site(middle, "both", (stage,), 5.0, rural=True, zone="山区", consortium=_group(at))


def _pairings(roster: Roster, towns: list[Site], tied: dict[str, list[str]]) -> None:
    for town in towns:
        for group in tied[town.site_id]:
            roster.pairing(town.site_id, group, type="staff", two_way=True)
        roster.pairing(town.site_id, TOWN_GROUP, type="staff")


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
