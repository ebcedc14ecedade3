"""Builds the district's roster and the plan that was carried out; ``python -m instances.beijing_m.generate``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from instances.beijing_m import figures as f
from instances.generator.counties import County
from instances.generator.draws import month_before, repeated, shuffled
from instances.generator.plans import save_plan
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Need, Site

HERE = Path(__file__).parent
DISTRICT = County("", "北京市", "M区", 116.4, 40.2)


class Year(NamedTuple):
    """The roster, and the pairs of teacher and need of the plan that was carried out."""

    instance: Instance
    sent: tuple[tuple[str, str], ...]


def build_year() -> Year:
    """Return the instance and who was sent where."""
    roster = Roster(2006, f.REFERENCE)
    homes = [_school(roster, "sender", stage, 3.0) for stage in repeated(f.SCHOOLS)]
    hosts = [_school(roster, "receiver", stage, 18.0) for stage in repeated(f.SCHOOLS)]
    needs = [roster.need(host, subject, count) for host in hosts for subject, count in f.SEATS.items()]
    sent = tuple(_sent(roster, homes, needs))
    _at_home(roster, homes)
    _wishes(roster, homes)
    return Year(roster.instance(), sent)


def build() -> Instance:
    """Return the instance."""
    return build_year().instance


def _school(roster: Roster, role: str, stage: str, km: float) -> Site:
    return roster.site(DISTRICT, role, (stage,), km, adcode=None, township="城区" if role == "sender" else "山区")


def _sent(roster: Roster, homes: list[Site], needs: list[Need]) -> Iterator[tuple[str, str]]:
    """Yield each teacher sent with the post: ten from each school, new and minor ones spread at random."""
    random = roster.random
    seats = {stage: shuffled(random, [n for n in needs if n.stage == stage for _ in range(n.count)])
             for stage in f.SCHOOLS}
    titles, levels = shuffled(random, repeated(f.TITLES)), shuffled(random, repeated(f.LEVELS))
    fresh = shuffled(random, [True] * f.NEW + [False] * (f.SENT - f.NEW))
    minors: list[str | None] = [None] * (f.SENT - f.MINOR_COUNT)
    minor = shuffled(random, [*repeated(f.MINOR), *minors])
    for i in range(f.SENT):
        home = homes[i // 10]
        need = seats[home.stages[0]].pop()
        subject = minor[i] or need.subject
        teacher = roster.teacher(
            home, subject, levels[i], title=titles[i], joined=_joined(roster, fresh[i]),
            alt_subjects=(need.subject,) if minor[i] else ())
        yield teacher.teacher_id, need.need_id


def _at_home(roster: Roster, homes: list[Site]) -> None:
    """Add six teachers of main subjects to each school, none of them new."""
    levels = shuffled(roster.random, repeated(f.AT_HOME))
    for home in homes:
        for subject in ("chinese", "chinese", "math", "math", "english", "english"):
            roster.teacher(home, subject, levels.pop(), joined=_joined(roster, False))


def _wishes(roster: Roster, homes: list[Site]) -> None:
    """Of those who stayed, let the city's level and Chinese in junior schools wish for the town, where no post is.

    Others would go in their place, if the share and the own subject did not call for them.
    """
    for i, teacher in enumerate(roster.teachers[f.SENT:], f.SENT):
        if teacher.backbone == "city" or (teacher.stages, teacher.subject) == (("junior",), "chinese"):
            roster.teachers[i] = teacher._replace(pref_1=homes[0].site_id)


def _joined(roster: Roster, fresh: bool) -> object:
    first, last = (1, 11) if fresh else (24, 180)
    return month_before(f.REFERENCE, int(roster.random.integers(first, last + 1)))


def main() -> None:
    """Write the workbook and the plan."""
    year = build_year()
    save(year.instance, HERE)
    save_plan(year.instance, "beijing_m", year.sent, HERE / "plan-sent.json")


if __name__ == "__main__":
    main()
