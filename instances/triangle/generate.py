"""Makes the workbook: ``python -m instances.triangle.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import County, read_counties
from instances.generator.draws import month_before
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
SEED = 3
REFERENCE = date(2014, 9, 1)
UNIVERSITY, COUNTY = ("河南省", "卧龙区"), ("河南省", "方城县")
TERM = 0.5
TOWN, VILLAGE = "镇中心学校", "村小"
TOWNS, VILLAGES = 3, 5
Counts = Mapping[str, int]
STUDENTS: Counts = {"chinese": 9, "math": 7, "english": 5, "music": 2}
STUDY: Counts = {"chinese": 8, "math": 8, "english": 4, "music": 2}
"""Posts at the university, for teachers of these subjects."""
IN_TOWN: tuple[Counts, ...] = (
    {"chinese": 3, "math": 2, "english": 2, "music": 1}, {"chinese": 2, "math": 3, "english": 1},
    {"chinese": 3, "math": 2, "english": 1})
"""Posts for student teachers in each town school; as many backbone teachers apply, and one more of Chinese."""
IN_VILLAGE: tuple[Counts, ...] = (
    {"chinese": 2, "math": 1}, {"chinese": 1, "math": 2, "english": 1}, {"chinese": 2, "math": 1, "english": 1},
    {"chinese": 1, "math": 1, "english": 1}, {"chinese": 1, "math": 1})
"""Posts of each village school; as many of its teachers apply to study. None is for music."""


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(SEED, REFERENCE)
    near, here = _county(UNIVERSITY), _county(COUNTY)
    university = roster.site(near, "both", ("university",), 2.0, rural=False, school_type="高校")
    _posts(roster, university, STUDY, post_type="study", stage="primary")
    for subject, count in STUDENTS.items():
        for _ in range(count):
            _student(roster, university, subject)
    towns, villages = [], []
    for counts in IN_TOWN:
        town = roster.site(here, "both", ("primary",), 3.0, rural=False, school_type=TOWN)
        towns.append(town)
        _posts(roster, town, counts)
        _people(roster, town, counts, backbone="county")
        _people(roster, town, {"chinese": 1})
    for counts in IN_VILLAGE:
        village = roster.site(here, "both", ("primary",), 14.0, rural=True, school_type=VILLAGE)
        villages.append(village)
        _posts(roster, village, counts)
        _people(roster, village, counts, post_types=("study",))
    _kept_back(roster, university, towns[-1], villages[-1])
    return roster.instance()


def _county(place: tuple[str, str]) -> County:
    province, name = place
    return next(c for c in read_counties(province) if c.name == name)


def _posts(roster: Roster, site: Site, counts: Counts, **columns: Any) -> None:
    for subject, count in counts.items():
        roster.need(site, subject, count, term=TERM, **columns)


def _people(roster: Roster, site: Site, counts: Counts, **columns: Any) -> None:
    for subject, count in counts.items():
        for _ in range(count):
            roster.teacher(site, subject, **columns)


def _kept_back(roster: Roster, university: Site, town: Site, village: Site) -> None:
    """Add those whom one rule alone keeps back, since all else, the balance too, would let them go.

    A student of science could change places with the village, teachers of PE of town and village with each other, and
    a student of music could take the post of labour, if somebody of labour came for music.
    """
    _student(roster, university, "science")
    _posts(roster, university, {"science": 1}, post_type="study", stage="primary")
    _posts(roster, village, {"science": 1, "pe": 1, "labour": 1})
    _people(roster, village, {"science": 1}, post_types=("study",))
    _people(roster, village, {"pe": 1})
    _people(roster, village, {"labour": 1}, post_types=("study",), alt_subjects=("music",))
    _posts(roster, town, {"pe": 1, "labour": 1})
    _people(roster, town, {"pe": 1, "labour": 1}, backbone="county")
    _student(roster, university, "music", alt_subjects=("labour",))


def _student(roster: Roster, university: Site, subject: str, **columns: Any) -> None:
    """Add a student teacher, who would teach in a primary school and has had no career yet."""
    months = int(roster.random.integers(21 * 12, 23 * 12))
    roster.teacher(university, subject, stages=("primary",), birth=month_before(REFERENCE, months), title="none",
                   title_since=None, joined=None, rural_years=0.0, rural_until=None, appraisals=(),
                   promotion_need=False, duty="师范生", **columns)


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
