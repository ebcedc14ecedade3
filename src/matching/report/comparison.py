"""The plans side by side, figure by figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from matching.domain.plan import Plan
from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.differences import changes
from matching.report.goal_words import goal_words
from matching.report.losses import loss_lines
from matching.report.ranges import beyond, range_words
from matching.report.words import decimal, percent, plan_title, status_words
from matching.scoring import CRITERIA, Fairness, Metrics, RankedPlan, firmness


class Figure(NamedTuple):
    """One figure of every plan, in words, best plan first."""

    name: str
    values: list[str]


def _fairness(metrics: Metrics, count: Callable[[Fairness], int]) -> str:
    return "—" if metrics.fairness is None else f"{count(metrics.fairness):,}"


_METRICS: tuple[tuple[Text, Callable[[Metrics], str]], ...] = (
    (Text("安置人数 / 需求人数", "Seats filled / asked for"), lambda m: f"{m.seats.part:,} / {m.seats.whole:,}"),
    (Text("满足率", "Share of seats filled"), lambda m: percent(m.seats.value)),
    (Text("满足率（按目标的权重）", "Share of seats filled, weighted"), lambda m: percent(m.fill.value)),
    (Text("满足率最低的县", "County with the lowest share"),
     lambda m: "—" if m.lowest_county is None else f"{m.lowest_county} {percent(m.fair)}"),
    (Text("骨干教师占比", "Backbone share"), lambda m: percent(m.backbone.value)),
    (Text("平均距离（公里）", "Mean distance (km)"), lambda m: decimal(m.km.mean)),
    (Text("九成教师不超过（公里）", "Nine in ten within (km)"), lambda m: decimal(m.km.p90)),
    (Text("最远（公里）", "Farthest (km)"), lambda m: decimal(m.km.largest)),
    (Text("满足第一意向（人）", "First wish met"), lambda m: f"{m.wishes.first:,}"),
    (Text("满足第二意向（人）", "Second wish met"), lambda m: f"{m.wishes.second:,}"),
    (Text("满足第三意向（人）", "Third wish met"), lambda m: f"{m.wishes.third:,}"),
    (Text("填了意向但未满足（人）", "Named a wish, none met"), lambda m: f"{m.wishes.none:,}"),
    (Text("补助总额（元）", "Subsidies in all (yuan)"), lambda m: f"{m.yuan:,}"),
    (Text("羡慕他人岗位的教师", "Teachers who envy another"), lambda m: _fairness(m, lambda f: f.envy.envious)),
    (Text("其中本可避免：规则允许互换，对方不吃亏", "of those, avoidably: they may trade, and the other loses nothing"),
     lambda m: _fairness(m, lambda f: f.envy.avoidable)),
    (Text("阻碍对（教师与岗位互相更合意）：本可避免", "Blocking pairs (teacher and post): avoidable"),
     lambda m: _fairness(m, lambda f: f.blocking.avoidable)),
    (Text("阻碍对：规则不允许", "Blocking pairs: forbidden by the rules"),
     lambda m: _fairness(m, lambda f: f.blocking.forbidden)),
)


def compared(report: Report, lang: Lang) -> list[Figure]:
    """Return every figure of the comparison: standing, achievements, goals, criteria, dominance, what
    each would change of the first, and how firm the ranking is."""
    return [*_standing(report, lang), *achievements(report, lang), *_goals(report, lang), *losses(report, lang),
            *_criteria(report, lang), *_dominance(report, lang), *_changes(report, lang), *_ranges(report, lang)]


def label(report: Report, ranked: RankedPlan, lang: Lang) -> str:
    """Return a plan's title and id."""
    title = plan_title(report.policy, ranked.variant, lang)
    return Text(f"{title}（{ranked.plan.plan}）", f"{title} ({ranked.plan.plan})").get(lang)


def _standing(report: Report, lang: Lang) -> list[Figure]:
    plans = report.ranking.plans
    return [Figure(Text("综合得分（满分 100）", "Score (of 100)").get(lang), [points(p.score) for p in plans]),
            Figure(Text("求解状态", "Status").get(lang), [status_words(p.plan, lang) for p in plans])]


def achievements(report: Report, lang: Lang) -> list[Figure]:
    """Return what the plans achieve."""
    return [Figure(name.get(lang), [show(p.metrics) for p in report.ranking.plans]) for name, show in _METRICS]


def _goals(report: Report, lang: Lang) -> list[Figure]:
    plans = [_goal_values(report, p.plan, lang) for p in report.ranking.plans]
    titles = dict.fromkeys(title for values in plans for title in values)
    head = Text("目标：", "Goal: ").get(lang)
    return [Figure(head + title, [values.get(title, "—") for values in plans]) for title in titles]


def _goal_values(report: Report, plan: Plan, lang: Lang) -> dict[str, str]:
    """Return a plan's values by the goals' titles; of equal ones the last, and of leximin only the smallest share."""
    names = goal_words(report.policy, plan.plan, [line.goal for line in plan.goals], lang)
    return {words.title: words.shown(line.value) for words, line in zip(names, plan.goals, strict=True)
            if not words.level}


def losses(report: Report, lang: Lang) -> list[Figure]:
    """Return what further plans lose of each goal beside the main plan; nothing where there are none."""
    return [Figure(line.name, line.values) for line in loss_lines(report, lang)]


def _criteria(report: Report, lang: Lang) -> list[Figure]:
    head = Text("得分：", "Score: ").get(lang)
    return [Figure(f"{head}{criterion_label(report, name, lang)}",
                   [points(p.criteria[name]) for p in report.ranking.plans]) for name in compared_by(report)]


def compared_by(report: Report) -> list[str]:
    """Return the criteria of which any plan has a value."""
    plans = report.ranking.plans
    return [name for name, one in CRITERIA.items() if any(one.value(p.metrics) is not None for p in plans)]


def criterion_label(report: Report, name: str, lang: Lang) -> str:
    """Return a criterion's name and weight."""
    weight = percent(report.ranking.weights.get(name, 0), 0)
    title = CRITERIA[name].title.get(lang)
    return Text(f"{title}（权重 {weight}）", f"{title} (weight {weight})").get(lang)


def _dominance(report: Report, lang: Lang) -> list[Figure]:
    plans = report.ranking.plans
    join = Text("、", ", ").get(lang).join
    return [Figure(Text("全面优于它的方案（各项不差、至少一项更好）", "Better all round").get(lang),
                   [join(p.dominated_by) or "—" for p in plans]),
            Figure(Text("安置完全相同的方案", "The very same placements").get(lang),
                   [join(p.same_as) or "—" for p in plans])]


def _changes(report: Report, lang: Lang) -> list[Figure]:
    """Return what each plan would change of the recommended one; nothing where it is alone."""
    found = changes(report, lang)
    heads = (Text("改用该方案：变动的教师（人）", "Taking it instead: teachers who move"),
             Text("改用该方案：如何变动", "Taking it instead: how"),
             Text("改用该方案：安置增加的县", "Taking it instead: counties with more"),
             Text("改用该方案：安置减少的县", "Taking it instead: counties with fewer"))
    return [Figure(head.get(lang), ["—", *values])
            for head, values in zip(heads, zip(*(c[1:] for c in found), strict=True), strict=False)]


def _ranges(report: Report, lang: Lang) -> list[Figure]:
    """Return each weight's range under the first plan, and beyond which end another is first under that one."""
    head = Text("保持第一的权重范围：", "Stays first with: ").get(lang)
    found = firmness(report.ranking) if len(report.ranking.plans) > 1 else {}
    return [Figure(f"{head}{criterion_label(report, name, lang)}",
                   [range_words(one, lang), *(beyond(one, p.plan.plan, lang) for p in report.ranking.plans[1:])])
            for name, one in found.items()]


def points(score: object) -> str:
    """Return a score from 0 to 1 in points of 100."""
    return f"{100 * float(score):.1f}"  # type: ignore[arg-type]
