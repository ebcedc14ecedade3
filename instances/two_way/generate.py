"""Makes the workbook: ``python -m instances.two_way.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import read_counties
from instances.generator.draws import month_before
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
SEED = 8
REFERENCE = date(2014, 9, 1)
COUNTY = ("安徽省", "霍山县")
TOWN_SCHOOLS, RURAL_SCHOOLS = 3, 8
SUBJECTS = ("chinese", "math", "english", "music")


def _months(years: float) -> date:
    return month_before(REFERENCE, int(years * 12))


NEVER = {"rural_years": 0.0, "rural_until": None}
LONG_AGO = {"rural_years": 2.0, "rural_until": _months(8)}
LATELY = {"rural_years": 1.0, "rural_until": _months(3)}
FIT = {"gender": "female", "birth": _months(38.5), "title": "first", "title_since": _months(4)}
OLD_MAN = {"gender": "male", "birth": _months(51.5), "title": "senior", "title_since": _months(9)}
OLD_WOMAN = {"gender": "female", "birth": _months(46.5), "title": "senior", "title_since": _months(9)}
FIFTY = {"gender": "male", "birth": _months(50), "title": "senior", "title_since": _months(9)}
JUNIOR_TITLE = {"gender": "male", "birth": _months(29.5), "title": "second", "title_since": _months(3)}

FIRST: tuple[Mapping[str, Any], ...] = (
    *(FIT | NEVER,) * 4, FIFTY | NEVER, *(FIT | LONG_AGO,) * 5, *(FIT | LATELY,) * 2)
"""For each town school and subject a teacher who may go: five never served, five not within five years, two lately."""
SECOND: tuple[Mapping[str, Any], ...] = (
    *(OLD_MAN | NEVER,) * 2, *(OLD_WOMAN | NEVER,) * 2, *(JUNIOR_TITLE | NEVER,) * 4, *(FIT | LATELY,) * 4)
"""And a second one: four too old, four without a middle title, four who served lately."""


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(SEED, REFERENCE)
    province, name = COUNTY
    county = next(c for c in read_counties(province) if c.name == name)
    towns = [roster.site(county, "both", ("primary",), 2.0, rural=False) for _ in range(TOWN_SCHOOLS)]
    rural = [roster.site(county, "both", ("primary",), 14.0, rural=True) for _ in range(RURAL_SCHOOLS)]
    cells = [(school, subject) for subject in SUBJECTS for school in towns]
    for (school, subject), first, second in zip(cells, FIRST, SECOND, strict=True):
        roster.need(school, subject, post_type="shadowing")
        roster.teacher(school, subject, **first)
        roster.teacher(school, subject, **second)
    for at, school in enumerate(rural):
        for step in (0, 1):
            _both_ways(roster, school, SUBJECTS[(at + step) % len(SUBJECTS)])
    return roster.instance()


def _both_ways(roster: Roster, school: Site, subject: str) -> None:
    """Add a post of a rural school, and a trainee who would leave it for as long as somebody holds the post."""
    roster.need(school, subject)
    roster.teacher(school, subject, post_types=("shadowing",))


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
