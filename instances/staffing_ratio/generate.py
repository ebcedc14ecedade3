"""Builds the roster; ``python -m instances.staffing_ratio.generate`` writes the workbook."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from instances.generator.counties import read_counties
from instances.generator.draws import repeated
from instances.generator.roster import Roster, save
from instances.staffing_ratio import figures as f

from matching.domain.instance import Instance

HERE = Path(__file__).parent


def build() -> Instance:
    """Return the instance."""
    roster = Roster(1935, f.REFERENCE)
    county = next(c for c in read_counties("河南省") if c.name == f.COUNTY)
    subjects = {stage: cycle(names) for stage, names in f.SUBJECTS.items()}
    for strengths in f.SCHOOLS:
        site = roster.site(county, "receiver", [s.stage for s in strengths], 14.0)
        for s in strengths:
            roster.staff(site, s.stage, pupils=s.pupils, staff=s.staff)
            for _ in range(s.stated):
                roster.need(site, next(subjects[s.stage]), stage=s.stage)
    for stage, volunteers in f.VOLUNTEERS.items():
        for _ in range(2):
            home = roster.site(county, "sender", (stage,), 2.0)
            for subject in repeated(volunteers):
                roster.teacher(home, subject)
    return roster.instance()


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
