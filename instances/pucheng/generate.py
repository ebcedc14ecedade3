"""Builds the roster; ``python -m instances.pucheng.generate`` writes the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import County, read_counties
from instances.generator.draws import month_before
from instances.generator.exchange import county_exchange
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
REFERENCE = date(2026, 9, 1)
ELIGIBLE = 20
"""Teachers of each town school who meet the conditions, volunteers or not."""
AGES = (34, 38, 42, 44, 45, 47, 49, 50, 52, 36)
YEARS = (8, 12, 6, 15, 9, 20, 7, 22, 25, 5)
"""Of each school's ten volunteers; years at the school. The last, too new, needs it for promotion."""
MEN = (4, 5)
"""Volunteers whom the limit for women would keep back."""
POSTS = ("chinese", "math", "english", "math")
"""Of each village school."""
TOWN = ("S001", "S002")
"""Town schools without posts; backbone teachers and those of first title or above wish for the first but their own."""


def build() -> Instance:
    """Return the instance."""
    roster = Roster(15, REFERENCE)
    county = next(c for c in read_counties("江西省") if c.name == "广丰区")
    county_exchange(roster, county, 4, 4, len(AGES), _person, term=2.0, subjects=POSTS, eligible_count=ELIGIBLE)
    _one_or_two(roster, county)
    roster.need(next(s for s in roster.sites if s.role == "receiver"), "chinese", term=1.0, note="一学年")
    return roster.instance()


def _person(home: Site, n: int) -> dict[str, Any]:
    title = ("second", "first", "second", "senior", "second")[n % 5]
    strong = title != "second" or n % 8 == 0
    columns = {"birth": month_before(REFERENCE, AGES[n] * 12 + 3),
               "joined": month_before(REFERENCE, YEARS[n] * 12 + 2), "title": title,
               "backbone": "county" if n % 8 == 0 else "none", "promotion_need": n == 9,
               "pref_1": TOWN[home.site_id == TOWN[0]] if strong else None}
    return columns | ({"gender": "male"} if n in MEN else {})


def _one_or_two(roster: Roster, county: County) -> None:
    """Add an urgent post for which two others would stay empty; 15% of the eligible calls for the two.

    Who could take it comes from a school that lets one go, to a school that houses one.
    """
    homes = [roster.site(county, "sender", ("primary",), 2.0, eligible_count=ELIGIBLE, send_max=1) for _ in range(2)]
    hosts = [roster.site(county, "receiver", ("primary",), 15.0, receive_max=1) for _ in range(2)]
    for host, subject, priority in ((hosts[0], "art", 1), (hosts[0], "science", 5), (hosts[1], "music", 5)):
        roster.need(host, subject, term=2.0, priority=priority)
    for home, subject in ((homes[0], "art"), (homes[0], "music"), (homes[1], "science")):
        roster.teacher(home, subject, **_person(home, 2))


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
