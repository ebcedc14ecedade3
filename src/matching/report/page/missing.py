"""Posts with empty seats."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.explain.unfilled.sets import kinds_words
from matching.report.content import Report
from matching.report.gaps import Gap, gaps

MOST = 40
"""How many posts are shown; the workbook has them all."""
MOST_SHORT = 12
"""How many kinds of posts that lack teachers are shown, and how many of those in one county."""


class Short(NamedTuple):
    """One kind of posts that lacks teachers."""

    kind: str
    where: str
    seats: int
    teachers: int
    can: int
    filled: int
    short: int


class Family(NamedTuple):
    """Posts that compete for too few teachers."""

    kinds: str
    posts: int
    seats: int
    teachers: int
    can: int
    short: int


class Missing(NamedTuple):
    """The most urgent posts, of `total` with `seats` empty seats, and how many seats each reason accounts for.

    `short` are kinds of posts, of a county or of all, with fewer teachers than seats whatever the plan; `families` sets
    of posts that compete for too few teachers, which together leave `at_least` seats empty whatever the plan.
    """

    shown: list[Gap]
    total: int
    seats: int
    reasons: list[tuple[str, int]]
    short: list[Short]
    families: list[Family]
    more_families: int
    at_least: int


def missing(report: Report, lang: Lang) -> Missing:
    """Return the posts with empty seats, the most urgent first."""
    found = gaps(report, lang)
    reasons: Counter[str] = Counter()
    for gap in found:
        reasons[gap.why] += gap.gap
    return Missing(found[:MOST], len(found), reasons.total(), reasons.most_common(), _short(report, lang),
                   _families(report, lang), len(report.families[MOST_SHORT:]), sum(f.short for f in report.families))


def _short(report: Report, lang: Lang) -> list[Short]:
    """Return the kinds that lack most, of the whole before those of a county."""
    whole, local = ([s for s in report.shortages if (s.county is None) is everywhere][:MOST_SHORT]
                    for everywhere in (True, False))
    everywhere = Text("各县合计", "all counties").get(lang)
    return [Short(s.name.get(lang), s.county or everywhere, s.seats, s.teachers, s.can, s.filled, s.short)
            for s in (*whole, *local)]


def _families(report: Report, lang: Lang) -> list[Family]:
    need = report.instance.need
    return [Family(kinds_words(report.instance, [need[p] for p in f.posts]).get(lang), len(f.posts), f.seats,
                   len(f.teachers), f.can, f.short) for f in report.families[:MOST_SHORT]]
