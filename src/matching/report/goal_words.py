"""A plan's goals as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from matching.domain.text import Lang
from matching.explain.goal_names import goal_levels, goal_titles
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.report.words import percent

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
    made_by = weighed(policy, plan)
    rows = zip(goals, goal_titles(goals, made_by), goal_levels(goals, made_by), strict=True)
    return [GoalWords(title.get(lang), level, name == "fair" and not level) for name, title, level in rows]
