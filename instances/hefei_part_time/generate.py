"""Makes the instance: ``python -m instances.hefei_part_time.generate`` from the repository's root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from instances.generator.counties import read_counties
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site, Teacher

HERE = Path(__file__).parent
REFERENCE = date(2026, 9, 1)
SENDERS, RECEIVERS = ("瑶海区", "庐阳区", "蜀山区", "包河区"), ("长丰县", "肥东县", "肥西县")
SUBJECTS = ("chinese", "math", "english")
HOURS = (80, 40)
AUTUMN, SPRING = date(2025, 11, 20), date(2026, 4, 16)
Served = Mapping[str, tuple[float, float]]
LEDGERS: Mapping[str, Served] = {
    "lessons": {"授课": (20, 20), "听课": (10, 10), "联合备课": (2, 2)},
    "mentor": {"带教青年教师": (3, 0), "听课": (12, 0), "联合备课": (2, 0)},
    "events": {"示范课": (3, 2), "报告": (2, 2), "讲座": (1, 1), "联合教研": (3, 3), "听课": (6, 10),
               "联合备课": (1, 2)},
    "guest": {"跟岗": (30, 0), "拓展课": (20, 0), "听课": (10, 0), "联合备课": (2, 0)},
    "begun": {"授课": (0, 10), "听课": (0, 10), "联合备课": (0, 2)},
}
"""Quantities in the autumn and in the spring; by the source's conversion 72, 58, 115, 66 and 26 class-hours."""


def build() -> Instance:
    """Return the instance; the same at every call."""
    roster = Roster(120, REFERENCE)
    counties = {c.name: c for c in read_counties("安徽省") if c.prefecture == "合肥市"}
    homes = [roster.site(counties[name], "sender", ("primary",), km=3) for name in SENDERS]
    hosts = [roster.site(counties[name], "receiver", ("primary",), km=12) for name in RECEIVERS for _ in range(2)]
    for host in hosts:
        for subject in SUBJECTS:
            for hours in HOURS:
                roster.need(host, subject, modes=("part_time",), total_hours=hours)
    for number in range(24):
        _unreleased(roster, homes[number % 4], hosts, number)
    for number in range(16):
        backbone = number < 8
        roster.teacher(homes[number % 4], SUBJECTS[number % 3], "county" if backbone else "none", max_hours=160,
                       modes=("resident", "part_time") if backbone else ("part_time",))
    _without_post(roster, homes[0], hosts[0])
    return roster.instance()


def _unreleased(roster: Roster, home: Site, hosts: list[Site], number: int) -> None:
    """Add a backbone teacher whose school cannot release them; of three, two have served before, at one school."""
    kind = tuple(LEDGERS)[number % len(LEDGERS)] if number % 3 < 2 else None
    most = 40 if number == 23 else 160 if kind in (None, "begun") else 80
    teacher = roster.teacher(home, SUBJECTS[number // 2 % 3], "city" if number % 5 == 0 else "county",
                             modes=("part_time",), max_hours=most)
    if kind:
        _serve(roster, teacher, hosts[number % len(hosts)], LEDGERS[kind])


def _without_post(roster: Roster, home: Site, host: Site) -> None:
    """Add two who served at a school that has no part-time post in their subject now, but one online.

    One has enough, and would teach online too; one still lacks hours.
    """
    for kind, extra, modes in (("events", 10, ("part_time", "online")), ("lessons", 0, ("part_time",))):
        teacher = roster.teacher(home, "music", "county", modes=modes, max_hours=160)
        _serve(roster, teacher, host, {**LEDGERS[kind], "跟岗": (extra, 0)})
    roster.need(host, "music", modes=("online",), weekly_hours=2)


def _serve(roster: Roster, teacher: Teacher, host: Site, served: Served) -> None:
    for activity, quantities in served.items():
        for day, quantity in zip((AUTUMN, SPRING), quantities, strict=True):
            if quantity:
                roster.credit(teacher, activity, quantity, site_id=host.site_id, date=day, evidence="学校盖章证明")


def main() -> None:
    """Write the workbook beside this file."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
