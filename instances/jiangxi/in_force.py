"""The plan in force: everyone in the own county, but for two pairs of wishes that went round in circles."""

from __future__ import annotations

from collections.abc import Iterator

from instances.generator.roster import Roster
from instances.jiangxi import figures as f

POSTS = ("chinese", "english", "chinese", "english", "math", "music", "math", "generalist", "generalist")
"""The posts of a county that are filled, in the order in which `TAKERS` take them: beds leave one of music empty."""
TAKERS = ((0, "chinese"), (0, "english"), (1, "chinese"), (1, "english"), (0, "math"), (0, "music"), (1, "math"),
          (0, "chinese"), (1, "chinese"))
"""School of the county town and subject."""


def in_force(roster: Roster) -> Iterator[tuple[str, str]]:
    """Yield teacher and need; those who changed places with others get the wishes that say so."""
    pairs = dict(pair for county in f.COUNTIES for pair in _at_home(roster, county))
    rings = ([_taker(roster, county, 0, "music") for county in f.COUNTIES],
             [_taker(roster, county, 0, "english") for county in f.COUNTIES[:2]])
    for ring in rings:
        wished = [pairs[teacher] for teacher in ring]
        for teacher, own, other in zip(ring, wished, (*wished[1:], wished[0]), strict=True):
            pairs[teacher] = other
            _wish(roster, teacher, own, other)
    yield from pairs.items()


def _at_home(roster: Roster, county: str) -> Iterator[tuple[str, str]]:
    sites = {s.site_id: s for s in roster.sites if s.county == county}
    free = [n for n in roster.needs if n.site_id in sites]
    taken: set[str] = set()
    for subject, (school, taught) in zip(POSTS, TAKERS, strict=True):
        need = next(n for n in free if n.subject == subject)
        free.remove(need)
        teacher = next(t for t in _candidates(roster, county, school, taught) if t not in taken)
        taken.add(teacher)
        yield teacher, need.need_id


def _candidates(roster: Roster, county: str, school: int, subject: str) -> list[str]:
    home = [s.site_id for s in roster.sites if s.county == county and s.role == "sender"][school]
    return [t.teacher_id for t in roster.teachers if t.home_site == home and t.subject == subject]


def _taker(roster: Roster, county: str, school: int, subject: str) -> str:
    return _candidates(roster, county, school, subject)[0]


def _wish(roster: Roster, teacher_id: str, first: str, second: str) -> None:
    """Let a teacher name the post in the own county first and the present one second."""
    at = next(i for i, t in enumerate(roster.teachers) if t.teacher_id == teacher_id)
    roster.teachers[at] = roster.teachers[at]._replace(pref_1=first, pref_2=second)
