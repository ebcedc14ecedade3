"""The goals in order: value, best, bound and gap."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.words import gap_words, goal_note, goal_word


class Goal(NamedTuple):
    """One goal of the recommended plan."""

    name: str
    value: str
    best: str
    bound: str
    gap: str
    proven: bool
    note: str


def goals(report: Report, lang: Lang) -> list[Goal]:
    """Return the goals of the recommended plan in their order."""
    return [Goal(goal_word(line.goal, lang), f"{line.value:,}", f"{line.best:,}", f"{line.bound:,}",
                 gap_words(line.gap, lang), line.gap == 0, goal_note(line, lang)) for line in report.plan.goals]
