"""Builds the roster and the plan in force; ``python -m instances.jiangxi.generate`` writes both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from instances.generator.counties import County, read_counties
from instances.generator.draws import month_before, pick
from instances.generator.plans import save_plan
from instances.generator.roster import Roster, save
from instances.jiangxi import figures as f
from instances.jiangxi.in_force import in_force

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent


class Year(NamedTuple):
    """The roster, and the pairs of teacher and need of the plan in force."""

    instance: Instance
    in_force: tuple[tuple[str, str], ...]


def build() -> Instance:
    """Return the instance."""
    return build_year().instance


def build_year() -> Year:
    """Return the instance and who is where in the plan in force."""
    roster = Roster(2038, f.REFERENCE)
    counties = {c.name: c for c in read_counties("江西省") if c.name in f.COUNTIES}
    for county in counties.values():
        _schools(roster, county)
    for home in [s for s in roster.sites if s.role == "sender"]:
        _teachers(roster, home)
    pairs = tuple(in_force(roster))
    return Year(roster.instance(), pairs)


def _schools(roster: Roster, county: County) -> None:
    for kind in ("县城小学", "县城小学", *f.POSTS, *f.POSTS):
        role = "receiver" if kind in f.POSTS else "sender"
        shared = kind == "村小" or (kind == "教学点" and not _has(roster.sites, county, kind))
        site = roster.site(
            county, role, ("primary",), f.KM[kind], school_type=kind, subsidy_tier=f.TIERS.get(kind),
            pupils=f.PUPILS[kind], staff=f.STAFF[kind], share_50plus=f.SHARES[kind],
            dorm=f"{county.name}教师周转房" if shared else None, beds=f.BEDS if shared else None)
        for subject in f.POSTS.get(kind, ()):
            alternatives = ("chinese", "math") if subject == "generalist" else ()
            roster.need(site, subject, alt_subjects=alternatives, priority=f.priority(f.SHARES[kind]))


def _has(sites: Iterable[Site], county: County, kind: str) -> bool:
    return any(s.county == county.name and s.school_type == kind for s in sites)


def _teachers(roster: Roster, home: Site) -> None:
    for subject in f.TOWN_TEACHERS:
        years = float(roster.random.choice(f.RURAL_YEARS))
        age = 24 + years + float(roster.random.uniform(2, 15))
        origin = pick(roster.random, dict.fromkeys(f.COUNTIES, 1.0) | {home.county: 2.0})
        roster.teacher(
            home, subject, birth=month_before(f.REFERENCE, int(age * 12)), joined=month_before(f.REFERENCE, 14),
            rural_years=years, rural_until=month_before(f.REFERENCE, 15) if years else None, home_county=origin)


def main() -> None:
    """Write the workbook, and the plan in force with what it costs now and by the proposal."""
    year = build_year()
    save(year.instance, HERE)
    save_plan(year.instance, "jiangxi", year.in_force, HERE / "plan-in-force.json")
    save_plan(year.instance, HERE / "proposal.toml", year.in_force, HERE / "plan-in-force-proposal.json")


if __name__ == "__main__":
    main()
