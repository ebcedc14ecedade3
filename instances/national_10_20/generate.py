"""Makes the workbooks: ``python -m instances.national_10_20.generate`` from the repository's root."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from instances.generator.counties import County, read_counties
from instances.generator.draws import largest_remainder, pick_some, repeated, shuffled
from instances.generator.roster import Roster, save
from instances.generator.subjects import TAUGHT

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
SEED = 2014
REFERENCE = date(2014, 9, 1)
COUNTY = ("河南省", "内乡县")
VOLUNTEERS = {"primary": 100, "junior": 50}
TOWN_SCHOOLS = {"primary": 8, "junior": 4}
RURAL_SCHOOLS = {"primary": 20, "junior": 8}
SEATS = {"primary": 60, "junior": 30}
STATED = {"primary": (58, 55, 52, 47, 45), "junior": (52, 46)}
"""符合交流条件人数 of those town schools that state it; of the others the sheet 教师 is counted."""
RURAL_STATED, RURAL_SUBJECT = 60, "labour"
"""符合交流条件人数 of a rural school, which the 10% leaves out; no seat asks for what its two volunteers teach."""
BACKBONE = 21
WORKBOOKS = {"national_10_20": BACKBONE, "short": 9, "clash": 6}
"""How many backbone teachers each workbook has; in all else they are the same."""


def build(backbone: int = BACKBONE) -> Instance:
    """Return the instance with so many backbone teachers; the same at every call."""
    roster = Roster(SEED, REFERENCE)
    province, name = COUNTY
    county = next(c for c in read_counties(province) if c.name == name)
    for stage, total in VOLUNTEERS.items():
        _volunteers(roster, stage, _town(roster, county, stage), total)
    for stage, total in SEATS.items():
        _seats(roster, stage, [roster.site(county, "receiver", (stage,), 16.0, township=f"第{1 + at % 10}乡镇")
                               for at in range(RURAL_SCHOOLS[stage])], total)
    _keep(roster, backbone)
    _rural_home(roster, county)
    return roster.instance()


def _town(roster: Roster, county: County, stage: str) -> list[Site]:
    """Add a stage's town schools, of which every third is a quality school."""
    stated = (*STATED[stage], *(None,) * TOWN_SCHOOLS[stage])
    return [roster.site(county, "sender", (stage,), 2.0, eligible_count=stated[at],
                        school_type="优质学校" if at % 3 == 0 else "城镇学校")
            for at in range(TOWN_SCHOOLS[stage])]


def _volunteers(roster: Roster, stage: str, homes: list[Site], total: int) -> None:
    known = BACKBONE * total // sum(VOLUNTEERS.values())
    levels = shuffled(roster.random, repeated({"county": known, "none": total - known}))
    subjects = shuffled(roster.random, repeated(largest_remainder(TAUGHT[stage], total)))
    for at, (subject, level) in enumerate(zip(subjects, levels, strict=True)):
        roster.teacher(homes[at % len(homes)], subject, level)


def _seats(roster: Roster, stage: str, hosts: list[Site], total: int) -> None:
    """Ask for subjects that the volunteers teach, so that every seat can be filled."""
    taught = [t.subject for t in roster.teachers if t.stages == (stage,)]
    asked = pick_some(roster.random, taught, total)
    counts = Counter((at % len(hosts), subject) for at, subject in enumerate(asked))
    for (at, subject), count in sorted(counts.items()):
        roster.need(hosts[at], subject, count, priority=1 + at % 5)


def _keep(roster: Roster, backbone: int) -> None:
    """Let only so many backbone teachers, drawn at random, keep their level."""
    holders = [at for at, t in enumerate(roster.teachers) if t.backbone == "county"]
    for at in shuffled(roster.random, holders)[backbone:]:
        roster.teachers[at] = roster.teachers[at]._replace(backbone="none")


def _rural_home(roster: Roster, county: County) -> None:
    school = roster.site(county, "both", ("primary",), 16.0, rural=True, eligible_count=RURAL_STATED)
    for _ in range(2):
        roster.teacher(school, RURAL_SUBJECT)


def main() -> None:
    """Write the workbooks beside this file."""
    for name, backbone in WORKBOOKS.items():
        save(build(backbone), HERE, name)


if __name__ == "__main__":
    main()
