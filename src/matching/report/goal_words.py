"""A plan's goals as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.report.words import goal_word, percent

MILLION = 1_000_000


class GoalWords(NamedTuple):
    """What a line of a plan's goals is called. `level` counts the lines of leximin behind a fair goal, else 0.

    `share` tells that its values are millionths of the whole.
    """

    title: str
    level: int
    share: bool

    def shown(self, value: int) -> str:
        """Return a value of the goal as people read it."""
        return percent(Fraction(value, MILLION), 2) if self.share else f"{value:,}"


def goal_words(policy: Policy, plan: str, goals: Sequence[str], lang: Lang) -> list[GoalWords]:
    """Return what the goals named `goals` of the plan with that id are called, one for each."""
    leximin = any(goal.leximin for goal in weighed(policy, plan).goals)
    return [_words(name, level, lang) for name, level in zip(goals, _levels(goals, leximin), strict=True)]


def _levels(goals: Sequence[str], leximin: bool) -> Iterator[int]:
    level = 0
    for at, name in enumerate(goals):
        level = level + 1 if leximin and at and name == goals[at - 1] == "fair" else 0
        yield level


def _words(name: str, level: int, lang: Lang) -> GoalWords:
    if not level:
        return GoalWords(goal_word(name, lang), 0, name == "fair")
    title = Text(f"均衡第 {level} 级：满足率不到这一级的组数（越少越好）",
                 f"Evenness, level {level}: groups with a smaller share (fewer is better)")
    return GoalWords(title.get(lang), level, False)
