"""Builds the roster; ``python -m instances.sync_lesson.generate`` writes the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from instances.generator.counties import read_counties
from instances.generator.draws import repeated
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance

HERE = Path(__file__).parent
SUBJECTS = ("english", "music", "art")
PARTNERS = (2, 2, 1, 1)
"""How many teaching points each central school is the partner of."""
ONLINE = ({"english", "music", "art"},) * 3 + ({"english", "music"},)
"""Subjects of which each central school has one teacher who teaches online."""
RESIDENT = {"english": 3, "music": 2, "art": 2}
"""Teachers of the town school who come and stay."""
EITHER = {"english": 1, "music": 1}
"""Teachers of the town school who come and stay, or teach online."""


def build() -> Instance:
    """Return the instance."""
    roster = Roster(10, date(2026, 9, 1))
    county = next(c for c in read_counties("河南省") if c.name == "新密市")
    town = roster.site(county, "sender", ("primary",), 1.0)
    centres = [roster.site(county, "sender", ("primary",), 8.0, school_type="中心小学") for _ in PARTNERS]
    for centre, points in zip(centres, PARTNERS, strict=True):
        for _ in range(points):
            site = roster.site(county, "receiver", ("primary",), 14.0, school_type="教学点")
            roster.pairing(centre.site_id, site.site_id, "prefer", basis="同步课堂结对")
            for subject in SUBJECTS:
                roster.need(site, subject, modes=("resident", "online"))
    for subject in repeated(RESIDENT):
        roster.teacher(town, subject)
    for subject in repeated(EITHER):
        roster.teacher(town, subject, modes=("resident", "online"))
    for centre, subjects in zip(centres, ONLINE, strict=True):
        for subject in sorted(subjects):
            roster.teacher(centre, subject, modes=("online",))
    roster.teacher(town, "art", modes=("online",))  # of a school that is nobody's partner
    return roster.instance()


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
