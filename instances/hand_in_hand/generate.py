"""Makes the workbook: ``python -m instances.hand_in_hand.generate`` from the repository's root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from instances.generator.counties import County, read_counties
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Pairing, Site, Teacher
from matching.pairs import design, pairing_rows

HERE = Path(__file__).parent
SEED = 5
REFERENCE = date(2014, 9, 1)
COUNTY = ("安徽省", "长丰县")
SUBJECTS = ("chinese", "math", "english", "art", "music")
LACKING = ("S008", "music")
"""In the second workbook a weak school has no volunteer for music."""
LONGER = ("S001", "S006")
"""A supporter with a deputy head more, and its weak school, which asks for one for a whole year."""
CROSSED = ("S002", "S009")
"""A supporter, and its weak school, whose teachers of Chinese would teach mathematics there and the other way round."""
BOUND, SENDS = ("S004", "S011"), 6
"""A supporter that sends no more than six, and its weak school, which asks for a second deputy head before music."""


class School(NamedTuple):
    """A school: its stage, the subjects that it is strong or weak in, its staff."""

    stage: str
    subjects: tuple[str, ...]
    staff: int


STRONG = (School("primary", ("chinese", "art"), 128), School("primary", ("english", "music"), 76),
          School("primary", ("math",), 64), School("junior", ("english",), 92), School("junior", ("math", "music"), 70))
"""The first is large, and may support two."""
WEAK = (School("primary", ("art",), 18), School("primary", ("chinese", "music"), 22),
        School("primary", ("math",), 15), School("primary", ("english",), 20), School("junior", ("math",), 31),
        School("junior", ("english", "music"), 27))


def build(lacking: tuple[str, str] | None = None) -> Instance:
    """Return the instance; the same at every call.

    Parameters
    ----------
    lacking : a school and a subject that nobody of the school volunteers for
    """
    roster = Roster(SEED, REFERENCE)
    province, name = COUNTY
    county = next(c for c in read_counties(province) if c.name == name)
    for school in STRONG:
        _site(roster, county, school, weak=False)
    for school in WEAK:
        _site(roster, county, school, weak=True)
    roster.pairings.extend(pairs(roster.instance()))
    _people(roster)
    _rivals(roster)
    made = roster.instance()
    return replace(made, teachers=tuple(t for t in made.teachers if (t.home_site, t.subject) != lacking))


def pairs(instance: Instance) -> tuple[Pairing, ...]:
    """Return the pairs that ``matching pair --two-way`` designs from the schools."""
    return pairing_rows(design(Instance(instance.sites, (), ())), two_way=True)


def _site(roster: Roster, county: County, school: School, weak: bool) -> None:
    told = {"weak_subjects": school.subjects} if weak else {"strong_subjects": school.subjects}
    roster.site(county, "both", (school.stage,), 14.0 if weak else 3.0, weak=weak, rural=weak, staff=school.staff,
                **told)


def _people(roster: Roster) -> None:
    """For each partner a post of each subject at either end, and one volunteer more than the partners call for."""
    partners = Counter(end for row in roster.pairings for end in (row.origin, row.destination))
    for site in roster.sites:
        count = partners[site.site_id]
        for subject in SUBJECTS:
            roster.need(site, subject, count)
            for _ in range(count + 1):
                roster.teacher(site, subject)
        if site.weak:
            roster.need(site, "management", post_type="secondment", term=0.5)
        else:
            _heads(roster, site, ["副校长"] * count + ["教务主任"])


def _heads(roster: Roster, site: Site, duties: Sequence[str]) -> None:
    """Add those who apply for a secondment; only deputy heads can be seconded, though others need it more."""
    for duty in duties:
        roster.teacher(site, "management", post_types=("secondment",), duty=duty, title="senior",
                       promotion_need=duty != "副校长")


def _rivals(roster: Roster) -> None:
    """Add what a single rule keeps out: a year's secondment, posts outside the own subject, a deputy for a teacher."""
    sites = {site.site_id: site for site in roster.sites}
    for (home, host), term, priority in ((LONGER, 1.0, 3), (BOUND, 0.5, 1)):
        roster.need(sites[host], "management", post_type="secondment", term=term, priority=priority)
        _heads(roster, sites[home], ["副校长"])
    roster.sites = [s._replace(send_max=SENDS) if s.site_id == BOUND[0] else s for s in roster.sites]
    roster.needs = [n._replace(priority=5) if n.site_id in BOUND and n.subject == "music" else n for n in roster.needs]
    roster.teachers = [_crossed(roster, t) if t.home_site == CROSSED[1] else t for t in roster.teachers]


def _crossed(roster: Roster, teacher: Teacher) -> Teacher:
    other = {"chinese": "math", "math": "chinese"}.get(teacher.subject)
    if other is None:
        return teacher
    (wish,) = (n.need_id for n in roster.needs if (n.site_id, n.subject) == (CROSSED[0], other))
    return teacher._replace(alt_subjects=(other,), pref_1=wish)


def main() -> None:
    """Write the workbooks beside this file."""
    save(build(), HERE)
    save(build(LACKING), HERE, "short")


if __name__ == "__main__":
    main()
