"""What each other plan would change of the recommended one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.ranges import called
from matching.scoring import Difference, difference

COUNTIES = 5
"""How many counties are named at most."""


class Change(NamedTuple):
    """Of one other plan: how many teachers move and how, and which counties have more or fewer teachers then."""

    plan: str
    moving: str
    how: str
    more: str
    fewer: str


def changes(report: Report, lang: Lang) -> list[Change]:
    """Return what each plan but the first would change of the first, in the order of the ranking."""
    best, *others = report.ranking.plans
    return [Change(called(report, p, lang),
                   *_words(difference(report.instance, report.policy, best.plan, p.plan,
                                      metrics=(best.metrics, p.metrics)), lang)) for p in others]


def _words(found: Difference, lang: Lang) -> tuple[str, str, str, str]:
    swapped, new, gone = found.counts
    how = Text(f"换岗 {swapped:,}，新安置 {new:,}，不再安置 {gone:,}",
               f"{swapped:,} change post, {new:,} placed, {gone:,} no longer")
    shifts = {c.county: c.filled[1] - c.filled[0] for c in found.counties}
    more = sorted(((n, c) for c, n in shifts.items() if n > 0), reverse=True)
    fewer = sorted((n, c) for c, n in shifts.items() if n < 0)
    return f"{len({m.teacher for m in found.moves}):,}", how.get(lang), _named(more, lang), _named(fewer, lang)


def _named(shifts: Sequence[tuple[int, str]], lang: Lang) -> str:
    if not shifts:
        return "—"
    named = Text("、", ", ").get(lang).join(f"{county} {n:+,}" for n, county in shifts[:COUNTIES])
    left = len(shifts) - COUNTIES
    return named + Text(f" 等 {len(shifts)} 个县", f" and {left} more").get(lang) if left > 0 else named
