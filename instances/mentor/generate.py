"""Makes the workbook: ``python -m instances.mentor.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from instances.generator.counties import read_counties
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
SEED = 20
REFERENCE = date(2014, 9, 1)
COUNTY = ("江西省", "南丰县")
TOWN_SCHOOLS, RURAL_SCHOOLS = 2, 3
"""Of each stage."""
LESSONS = 2
"""Posts for lessons of art, of which the one teacher of art may take one alone: two are for mentors."""
HOURS = 20
"""Class-hours for each young teacher (C 范文1)."""

FIRST: Mapping[str, Any] = {"title": "first"}
SENIOR: Mapping[str, Any] = {"title": "senior"}
BACKBONE: Mapping[str, Any] = {"title": "second", "backbone": "county"}
NOT_YET: Mapping[str, Any] = {"title": "second"}


class Group(NamedTuple):
    """Those of one stage and subject: how many are young, and who applies as mentor."""

    stage: str
    subject: str
    young: int
    mentors: tuple[Mapping[str, Any], ...]


GROUPS = (
    Group("primary", "chinese", 4, (SENIOR, FIRST, NOT_YET)),
    Group("primary", "math", 3, (FIRST | {"stages": ("primary", "junior")}, BACKBONE)),
    Group("primary", "english", 2, (FIRST, NOT_YET)),
    Group("primary", "music", 1, ()),
    Group("primary", "art", 0, (SENIOR | {"alt_subjects": ("music",), "post_types": ("mentoring", "teaching")},)),
    Group("junior", "math", 3, (SENIOR,)),
    Group("junior", "english", 2, (FIRST, BACKBONE)),
    Group("junior", "physics", 2, (FIRST,)),
    Group("junior", "chemistry", 1, (NOT_YET,)),
    Group("junior", "biology", 0, (FIRST | {"alt_subjects": ("chemistry",)},)),
)
"""18 young teachers: two have a mentor of a neighbouring subject only, one is the third for a
single mentor of the stage, while a mentor of the other stage who teaches both has room."""


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(SEED, REFERENCE)
    province, name = COUNTY
    county = next(c for c in read_counties(province) if c.name == name)
    stages = ("primary", "junior")
    town = {s: [roster.site(county, "sender", (s,), 2.0) for _ in range(TOWN_SCHOOLS)] for s in stages}
    rural = {s: [roster.site(county, "receiver", (s,), 12.0) for _ in range(RURAL_SCHOOLS)] for s in stages}
    for at, group in enumerate(GROUPS):
        _young(roster, rural[group.stage], group, at)
        for number, mentor in enumerate(group.mentors):
            home = town[group.stage][(at + number) % TOWN_SCHOOLS]
            roster.teacher(home, group.subject, **({"modes": ("part_time",), "post_types": ("mentoring",)} | mentor))
    for school in rural["primary"][:LESSONS]:
        roster.need(school, "art", modes=("part_time",), total_hours=HOURS)
    return roster.instance()


def _young(roster: Roster, schools: list[Site], group: Group, at: int) -> None:
    """Add a mentoring post for each young teacher of the group."""
    for number in range(group.young):
        roster.need(schools[(at + number) % len(schools)], group.subject, post_type="mentoring", modes=("part_time",),
                    total_hours=HOURS, note=f"青年教师{len(roster.needs) + 1:02d}")


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
