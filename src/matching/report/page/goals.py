"""The goals in order: value, best, bound and gap."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.plan import GoalLine
from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.goal_words import GoalWords, goal_words
from matching.report.words import gap_words, goal_note


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
    plan = report.plan
    names = goal_words(report.policy, plan.plan, [line.goal for line in plan.goals], lang)
    return [_goal(words, line, lang) for words, line in zip(names, plan.goals, strict=True)]


def _goal(words: GoalWords, line: GoalLine, lang: Lang) -> Goal:
    return Goal(words.title, words.shown(line.value), words.shown(line.best), words.shown(line.bound),
                gap_words(line.gap, lang), line.gap == 0, goal_note(line, lang, words.shown))
