"""Builds the roster; ``python -m instances.zhengzhou.generate`` writes the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from instances.generator.counties import read_counties
from instances.generator.records import record
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Distance, Site

HERE = Path(__file__).parent
KM = 30.0
LESSONS, TOO_MANY = 30, 36
ALL_ROUND = ("generalist", "generalist", "chinese", "chinese", "math", "math")
"""Main subjects of the teachers who can take a class alone; but the first two, all have 全科 as a second subject."""
OTHERS = ("chinese", "chinese", "math", "math", "english", "english", "pe")
"""Of each of the two town schools."""


def build() -> Instance:
    """Return the instance."""
    roster = Roster(30, date(2026, 9, 1))
    seat = next(c for c in read_counties("河南省") if c.name == "新密市")
    homes = [roster.site(seat, "sender", ("primary",), 1.5, township="城区") for _ in range(2)]
    mountain = [roster.site(seat, "receiver", ("primary",), 1.0, township="尖山", lon=None, lat=None, hardship=2,
                            pupils=pupils) for pupils in (60, 24, 18)]
    plain = [roster.site(seat, "receiver", ("primary",), 8.0) for _ in range(2)]
    for site, seats in zip(mountain, (2, 2, 1), strict=True):
        roster.need(site, "generalist", seats, alt_subjects=("chinese",), weekly_hours=LESSONS, priority=1,
                    note="包班")
    for site in plain:
        for subject, hours in (("chinese", 16), ("math", 16), ("english", 18)):
            roster.need(site, subject, weekly_hours=hours)
    roster.need(plain[0], "math", weekly_hours=TOO_MANY, note="三个班的数学课")
    roster.distances += [record(Distance, origin=home.site_id, destination=site.site_id, km=KM, source="例8")
                         for home in homes for site in mountain]
    _teachers(roster, homes)
    return roster.instance()


def _teachers(roster: Roster, homes: list[Site]) -> None:
    """Add six all-round teachers, the last two of whom go no further than 20 km, and the others."""
    for i, subject in enumerate(ALL_ROUND):
        roster.teacher(homes[i % 2], subject, alt_subjects=() if subject == "generalist" else ("generalist",),
                       max_km=20.0 if i >= 4 else None)
    for home in homes:
        for subject in OTHERS:
            roster.teacher(home, subject)


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
