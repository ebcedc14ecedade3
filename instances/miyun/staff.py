"""How many teach at each school, and how many of them came by exchange: the sheet 师资."""

from __future__ import annotations

from collections import Counter

from instances.generator.draws import largest_remainder
from instances.generator.roster import Roster
from instances.generator.subjects import TAUGHT
from instances.miyun import figures as f
from instances.miyun.posts import leaning

from matching.domain.records import Site


def staff_of(roster: Roster, mountains: list[Site]) -> None:
    """State the staff of each school; those that lean on exchange teachers are above half by `figures.EXCESS`."""
    seats = Counter[str]()
    for need in roster.needs:
        seats[need.site_id] += need.count
    excess = dict(zip(leaning(mountains), f.EXCESS, strict=True))
    for at, site in enumerate(roster.sites):
        leans = site.site_id in excess
        there = f.THERE if leans else int(roster.random.integers(5, 9)) if site.rural else 0
        coming, share = seats[site.site_id] + there, float(roster.random.uniform(0.3, 0.46))
        staff = 2 * (coming - excess[site.site_id]) if leans else round(coming / share)
        roster.sites[at] = site._replace(staff=staff)
        if leans:
            _by_subject(roster, site, staff)
        else:
            roster.staff(site, site.stages[0], staff=staff, exchange_staff=there)


def _by_subject(roster: Roster, site: Site, staff: int) -> None:
    """State staff subject by subject: in `figures.RESTING` all are exchange teachers, elsewhere somebody stays."""
    stage = site.stages[0]
    each = f.THERE // 4
    exchange = {**dict.fromkeys(f.RESTING, each), "chinese": each, "math": each}
    leaving = Counter(t.subject for t in roster.teachers if t.home_site == site.site_id)
    least = {s: exchange.get(s, 0) + (0 if s in f.RESTING else leaving[s] + 1) for s in TAUGHT[stage]}
    others = {s: share for s, share in TAUGHT[stage].items() if s not in f.RESTING}
    more = largest_remainder(others, staff - sum(least.values()))
    for subject, count in least.items():
        roster.staff(site, stage, subject=subject, staff=count + more.get(subject, 0),
                     exchange_staff=exchange.get(subject, 0))
