"""What goals are called, and by how much they change, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.domain.text import Text
from matching.policy.goal_words import goal_title, value_words
from matching.policy.model import Policy

MAXIMISED = ("fill", "fair")


def goal_levels(goals: Sequence[str], policy: Policy) -> Iterator[int]:
    """Yield for each goal's name which line of leximin behind a fair goal it is; 0 for any other."""
    leximin, level = any(goal.leximin for goal in policy.goals), 0
    for at, name in enumerate(goals):
        level = level + 1 if leximin and at and name == goals[at - 1] == "fair" else 0
        yield level


def goal_titles(goals: Sequence[str], policy: Policy) -> list[Text]:
    """Return what each goal of a plan is called; `policy` as the plan was made by."""
    return [goal_title(name, level) for name, level in zip(goals, goal_levels(goals, policy), strict=True)]


def losses(goals: Sequence[tuple[str, int]], policy: Policy) -> list[int]:
    """Return by how much each goal gets worse, negative where it gets better, in the order of the goals."""
    levels = goal_levels([name for name, _ in goals], policy)
    return [-value if name in MAXIMISED and not level else value
            for (name, value), level in zip(goals, levels, strict=True)]


def change_words(goals: Sequence[tuple[str, int]], policy: Policy) -> list[Text]:
    """Return by how much each goal that changes does so, as clauses."""
    names = [name for name, _ in goals]
    rows = zip(goals, goal_titles(names, policy), goal_levels(names, policy), strict=True)
    return [_change(name, value, title, level) for (name, value), title, level in rows if value]


def _change(name: str, value: int, title: Text, level: int) -> Text:
    amount = value_words(name, level, abs(value))
    better = (value > 0) == (name in MAXIMISED and not level)
    zh, en = ("多", "more") if value > 0 else ("少", "fewer")
    judged = Text("变好", "better") if better else Text("变差", "worse")
    return Text(f"{title.zh}{zh} {amount}（{judged.zh}）", f"{title.en}: {amount} {en} ({judged.en})")
