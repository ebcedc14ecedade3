"""Posts, with one volunteer drawn for each of their seats, so that all can be filled at once; and more volunteers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from instances.generator.careers import career
from instances.generator.draws import largest_remainder, pick, repeated, shuffled
from instances.generator.roster import Roster
from instances.generator.subjects import TAUGHT
from instances.miyun import figures as f

from matching.domain.records import Site

LEVELS = {"none": 0.8, "county": 0.16, "city": 0.04}
Filling = tuple[str, str, str]
"""The school that asks, the subject, and the volunteer's school."""


def leaning(mountains: list[Site]) -> list[str]:
    """Return the mountain schools of whose staff over half are exchange teachers."""
    return [m.site_id for m in mountains[::len(mountains) // f.OVER_HALF]]


class Exchange:
    """The exchange between `towns` and `mountains`; `tied` are the groups that a town school may exchange with."""

    def __init__(self, roster: Roster, towns: list[Site], mountains: list[Site], tied: dict[str, list[str]]) -> None:
        self.roster, self.towns, self.mountains = roster, towns, mountains
        self.leaning = leaning(mountains)
        self.partners = {
            **{t.site_id: [m for m in mountains if m.consortium in tied[t.site_id]] for t in towns},
            **{m.site_id: [t for t in towns if m.consortium in tied[t.site_id]] for m in mountains},
        }

    def fill(self) -> None:
        """Add the posts of all three directions and their volunteers."""
        for stage in f.TOWN:
            towns, mountains = ([s for s in of if s.stages == (stage,)] for of in (self.towns, self.mountains))
            self._direction("up", stage, mountains)
            self._direction("down", stage, towns)
            self._direction("within", stage, towns)

    def _direction(self, name: str, stage: str, hosts: list[Site]) -> None:
        total = f.SEATS[name][stage]
        subjects = shuffled(self.roster.random, repeated(largest_remainder(TAUGHT[stage], total)))
        filled = [self._filling(name, hosts[at % len(hosts)], subject) for at, subject in enumerate(subjects)]
        for (host, subject), count in sorted(Counter((host, subject) for host, subject, _ in filled).items()):
            site = next(s for s in hosts if s.site_id == host)
            self.roster.need(site, subject, count, term=float(f.TERM))
        more = round(f.FURTHER.get(name, 0) * total / sum(f.SEATS[name].values()))
        further = [self._filling(name, hosts[at % len(hosts)], subject) for at, subject in enumerate(subjects[:more])]
        for _, subject, home in sorted(filled + further, key=lambda filling: filling[2]):
            self._volunteer(home, subject, young=name == "up")

    def _filling(self, name: str, host: Site, subject: str) -> Filling:
        mates = self.towns if name == "within" else self.partners[host.site_id]
        homes = [s for s in mates if s.stages == host.stages and s != host
                 and not (subject in f.RESTING and s.site_id in self.leaning)]
        return host.site_id, subject, homes[int(self.roster.random.integers(len(homes)))].site_id

    def _volunteer(self, home: str, subject: str, young: bool) -> None:
        level = pick(self.roster.random, LEVELS)
        site = next(s for s in self.towns + self.mountains if s.site_id == home)
        drawn = career(self.roster.random, level, f.REFERENCE)
        while young and self._age(drawn) >= f.YOUNG:
            drawn = career(self.roster.random, level, f.REFERENCE)
        wished = self.partners[home][int(self.roster.random.integers(len(self.partners[home])))]
        self.roster.teacher(site, subject, level, **drawn | {
            "pref_1": wished.site_id if self.roster.random.random() < 0.3 else None})

    def _age(self, drawn: dict[str, Any]) -> float:
        return (f.REFERENCE - drawn["birth"]).days / 365.25

    def heads(self) -> None:
        """Add every school's head; those due change places between town and mountain, two by two."""
        due: set[str] = set()
        free = [m for m in self.mountains if m.site_id not in self.leaning]
        for town in self.towns[::len(self.towns) // (f.HEADS_DUE // 2)][:f.HEADS_DUE // 2]:
            mate = next(m for m in self.partners[town.site_id] if m in free and m.stages == town.stages)
            free.remove(mate)
            due |= {town.site_id, mate.site_id}
        for site in self.towns + self.mountains:
            years = f.HEADS_YEARS + 1 if site.site_id in due else 2
            self.roster.teacher(site, "management", duty="校长", post_types=("secondment",), title="senior",
                                joined=f.REFERENCE.replace(year=f.REFERENCE.year - years))
            if site.site_id in due:
                self.roster.need(site, "management", post_type="secondment", term=float(f.HEADS_YEARS))
