"""Words and figures as people read them, in both languages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from matching.domain.plan import GoalLine, Plan
from matching.domain.terms import BACKBONE, MODE, STAGE, TITLE
from matching.domain.text import Lang, Text
from matching.domain.vocabulary import Vocabulary, english
from matching.policy.goal_words import goal_title
from matching.policy.model import Policy

ENFORCE: Mapping[str, Text] = {
    "hard": Text("硬性", "hard"), "elastic": Text("弹性", "elastic"), "report": Text("仅统计", "measured only"),
}
PLAN_WORD = Text("全部安置", "whole plan")


def word(vocabulary: Vocabulary, key: str | None, lang: Lang) -> str:
    """Return a vocabulary's word for readers; a word it does not hold stands for itself."""
    if key is None:
        return ""
    if lang == "zh":
        return vocabulary.zh(key) if key in vocabulary else key
    return english(key)


def title_word(key: str, lang: Lang) -> str:
    """Return a professional title in words."""
    return word(TITLE, key, lang)


def level_word(key: str, lang: Lang) -> str:
    """Return a backbone level in words."""
    return word(BACKBONE, key, lang)


def stage_word(key: str, lang: Lang) -> str:
    """Return a stage in words."""
    return word(STAGE, key, lang)


def mode_word(key: str | None, lang: Lang) -> str:
    """Return a mode of service in words."""
    return word(MODE, key, lang)


def yes_no(value: object, lang: Lang) -> str:
    """Return 是 or 否."""
    return Text("是", "yes").get(lang) if value else Text("否", "no").get(lang)


def percent(share: Fraction | float | None, digits: int = 1) -> str:
    """Return a share as ``98.0%``, a dash where there is none; 100% is said of nothing less."""
    if share is None:
        return "—"
    shown = f"{100 * float(share):.{digits}f}"
    if share < 1 and float(shown) >= 100:
        shown = f"{100 - 10 ** -digits:.{digits}f}"
    return f"{shown}%"


def decimal(value: Fraction | float | None, digits: int = 1) -> str:
    """Return a number with thousands separated, a dash where there is none."""
    return "—" if value is None else f"{float(value):,.{digits}f}"


def money(yuan: int) -> Text:
    """Return an amount, in 万元 in Chinese where it is large."""
    zh = f"{yuan / 10000:,.1f} 万元" if yuan >= 100000 else f"{yuan:,} 元"
    return Text(zh, f"¥{yuan:,}")


def school_years(term: float, lang: Lang) -> str:
    """Return a term in words."""
    if lang == "zh":
        return f"{term:g}学年"
    return f"{term:g} school year" + ("" if term == 1 else "s")


def goal_word(name: str, lang: Lang) -> str:
    """Return what a goal optimises."""
    return goal_title(name).get(lang)


def gap_words(gap: float, lang: Lang) -> str:
    """Return how far a goal may be from its optimum; two significant digits, rounded up."""
    if gap == 0:
        return Text("已证明最优", "proven optimal").get(lang)
    shown = _percent_up(gap)
    return Text(f"距最优至多 {shown}", f"at most {shown} from the optimum").get(lang)


def status_words(plan: Plan, lang: Lang) -> str:
    """Return whether the plan is proven, or how far it may be from the optimum."""
    if plan.status == "optimal":
        return Text("每个目标都已证明最优", "every goal is proven optimal").get(lang)
    worst = max((line.gap for line in plan.goals), default=None)
    if plan.status != "feasible" or worst is None or worst == 0:
        return Text("可行，未证明最优", "feasible, not proven optimal").get(lang)
    return gap_words(worst, lang)


def _percent_up(share: float) -> str:
    share *= 100
    unit = 10.0 ** (math.floor(math.log10(share)) - 1)
    return f"{float(f'{math.ceil(share / unit - 1e-9) * unit:.6g}'):g}%"


def goal_note(line: GoalLine, lang: Lang, shown: Callable[[int], str] = "{:,}".format) -> str:
    """Return what was given up of a goal for the goals after it; nothing where it was held.

    `shown` writes a value of the goal.
    """
    given = abs(line.value - line.best)
    if not given:
        return ""
    return Text(f"为后面的目标让出 {shown(given)}", f"{shown(given)} given up for later goals").get(lang)


def plan_title(policy: Policy, variant: str | None, lang: Lang) -> str:
    """Return what a plan is called."""
    if variant == "main":
        return Text("主方案", "Main plan").get(lang)
    titles = {v.id: v.title.get(lang) for v in policy.variants}
    return titles.get(variant or "", Text("相异方案", "Alternative").get(lang))
