"""Makes the instance: ``python -m instances.lanzhou_longnan.generate`` from the repository's root."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from instances.generator.counties import read_counties
from instances.generator.draws import largest_remainder, pick, repeated
from instances.generator.roster import Roster, save
from instances.generator.subjects import RELATED, TAUGHT, asked

from matching.domain.instance import Instance

HERE = Path(__file__).parent
REFERENCE = date(2014, 9, 1)
STAGES = {"primary": 0.55, "junior": 0.45}
BACKBONE, OTHERS, SEATS = 110, 30, 130


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(90, REFERENCE)
    counties = read_counties("甘肃省")
    homes = [roster.site(c, "sender", (stage,), km=3)
             for c in counties if c.prefecture == "兰州市" for stage in STAGES]
    hosts = [roster.site(c, "receiver", (stage,), km=14, hardship=2)
             for c in counties if c.prefecture == "陇南市" for stage in STAGES for _ in range(2)]
    for stage, seats in largest_remainder(STAGES, SEATS).items():
        sites = [site for site in hosts if site.stages == (stage,)]
        for number, subject in enumerate(repeated(largest_remainder(asked(stage), seats))):
            roster.need(sites[number % len(sites)], subject)
    for level in ("county",) * (BACKBONE * 2 // 3) + ("city",) * (BACKBONE - BACKBONE * 2 // 3) + ("none",) * OTHERS:
        home = homes[int(roster.random.integers(len(homes)))]
        subject = pick(roster.random, TAUGHT[home.stages[0]])
        roster.teacher(home, subject, level, alt_subjects=RELATED.get(subject, ()))
    roster.pairing("兰州市", "陇南市", "must", minimum=90, maximum=90, basis="对口支援：90 名骨干教师")
    return roster.instance()


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
