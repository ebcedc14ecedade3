"""What a further plan loses of each goal beside the main plan, in words."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.goal_words import GoalWords, goal_words
from matching.scoring import RankedPlan


class LossLine(NamedTuple):
    """One goal, and what each ranked plan loses of it."""

    name: str
    values: list[str]


def loss_lines(report: Report, lang: Lang) -> list[LossLine]:
    """Return a line for each goal; none where no plan was made to be another way to the main plan's goals."""
    plans = report.ranking.plans
    first = next((p for p in plans if p.loss), None)
    if first is None:
        return []
    words = goal_words(report.policy, first.plan.plan, [loss.goal for loss in first.loss], lang)
    head = Text("与主方案相比：", "Beside the main plan: ").get(lang)
    return [LossLine(head + word.title, [_shown(p, k, word, lang) for p in plans]) for k, word in enumerate(words)
            if not word.level]


def _shown(ranked: RankedPlan, at: int, words: GoalWords, lang: Lang) -> str:
    if not ranked.loss:
        return "—"
    value = ranked.loss[at].value
    amount = words.shown(abs(value))
    if not value:
        return Text("相同", "the same").get(lang)
    return Text(f"差 {amount}", f"worse by {amount}").get(lang) if value > 0 else \
        Text(f"好 {amount}", f"better by {amount}").get(lang)
