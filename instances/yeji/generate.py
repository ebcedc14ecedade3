"""Makes the instance: ``python -m instances.yeji.generate`` from the repository's root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import read_counties
from instances.generator.draws import largest_remainder, repeated
from instances.generator.roster import Roster, save
from instances.generator.subjects import RELATED, TAUGHT, asked

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
REFERENCE = date(2026, 9, 1)
CHAINS = (("primary", 18, 16, 8, 8), ("primary", 16, 15, 8, 8), ("junior", 17, 15, 7, 7), ("junior", 15, 13, 6, 6))
"""Stage; teachers of the first school; seats and teachers of the second, seats of the third."""
GROUP = "小学支教组"
GROUP_OF = {"chinese": 5, "math": 5, "english": 2, "pe": 1, "music": 1}
BACKBONE_OF = {"chinese": 3, "math": 2, "english": 1, "science": 1}
VILLAGES = ((("chinese", 3), ("math", 3), ("english", 1), ("pe", 1)), (("chinese", 3), ("math", 3), ("english", 1),
            ("music", 1)), (("chinese", 2), ("math", 2), ("english", 2)))


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(129, REFERENCE)
    (county,) = [c for c in read_counties("安徽省") if c.name == "叶集区"]

    def school(role: str, stage: str, township: str, pupils: int) -> Site:
        return roster.site(county, role, (stage,), km=2 if role == "sender" else 9, township=township, pupils=pupils,
                           rural=role != "sender")

    for number, (stage, *sizes) in enumerate(CHAINS, 1):
        town, township = "城区", f"乡镇{number}"
        _chain(roster, school("sender", stage, town, 1800), school("both", stage, township, 700),
               school("receiver", stage, township, 200), sizes)
    _large(roster, school("sender", "primary", "城区", 3200), school("receiver", "primary", "乡镇5", 400),
           school("receiver", "primary", "乡镇5", 300))
    _group(roster, school("sender", "primary", "城区", 2400),
           [school("receiver", "primary", township, 260) for township in ("乡镇6", "乡镇6", "乡镇1")])
    _caps(roster)
    _wishes(roster)
    return roster.instance()


def _chain(roster: Roster, first: Site, second: Site, third: Site, sizes: list[int]) -> None:
    """The first school supports the second, and the second the third."""
    from_first, to_second, from_second, to_third = sizes
    for home, host, teachers, seats in ((first, second, from_first, to_second), (second, third, from_second, to_third)):
        _teachers(roster, home, largest_remainder(TAUGHT[home.stages[0]], teachers))
        _needs(roster, host, largest_remainder(asked(host.stages[0]), seats))
        roster.pairing(home.site_id, host.site_id, basis="链式结对")


def _large(roster: Roster, home: Site, staffed: Site, equipped: Site) -> None:
    """A large school sends staff to one school, seven backbone teachers among them, and materials to another."""
    _teachers(roster, home, BACKBONE_OF, backbone="county", mandatory=True)
    _teachers(roster, home, largest_remainder(TAUGHT["primary"], 11))
    _needs(roster, staffed, {"chinese": 4, "math": 4, "english": 2, "music": 1, "pe": 1, "science": 1, "art": 1})
    _needs(roster, equipped, largest_remainder(asked("primary"), 6))
    roster.pairing(home.site_id, staffed.site_id, basis="大校支援两校")
    roster.pairing(home.site_id, equipped.site_id, type="material", basis="大校支援两校")


def _group(roster: Roster, home: Site, hosts: list[Site]) -> None:
    """Fourteen of one school travel together; their school is paired with two townships."""
    _teachers(roster, home, GROUP_OF, group=GROUP)
    _teachers(roster, home, {"chinese": 1, "math": 1})
    for host, posts in zip(hosts, VILLAGES, strict=True):
        _needs(roster, host, dict(posts))
        roster.pairing(home.site_id, host.site_id, basis="校际结对")


def _teachers(roster: Roster, home: Site, subjects: Mapping[str, int], **columns: Any) -> None:
    for subject in repeated(subjects):
        roster.teacher(home, subject, alt_subjects=RELATED.get(subject, ()), **columns)


def _needs(roster: Roster, host: Site, subjects: Mapping[str, int]) -> None:
    for subject, count in subjects.items():
        if count:
            roster.need(host, subject, count)


def _caps(roster: Roster) -> None:
    """Of a subject with three volunteers or more, one at least stays, but for the group and the backbone teachers."""
    bound = Counter((t.home_site, t.subject) for t in roster.teachers if t.group or t.mandatory)
    sites = {s.site_id: s for s in roster.sites}
    for (site, subject), count in Counter((t.home_site, t.subject) for t in roster.teachers).items():
        cap = max(bound[site, subject], count - 1 if count > 2 else count)
        roster.staff(sites[site], sites[site].stages[0], subject=subject, staff=count + 2, send_max=cap)


def _wishes(roster: Roster) -> None:
    """Let two who need it for a title wish otherwise: for a school that is not open to them, and for half a year."""
    host = next(s for s in roster.sites if s.site_id == "S014")
    half = roster.need(host, "music", term=0.5, note="半学年")
    for subject, home, wish in (("math", "S001", "S005"), ("music", "S013", half.need_id)):
        at = max(i for i, t in enumerate(roster.teachers)
                 if (t.home_site, t.subject, t.promotion_need) == (home, subject, True))
        roster.teachers[at] = roster.teachers[at]._replace(pref_1=wish)


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
