"""What the recommended plan comes to."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.comparison import label
from matching.report.content import Report
from matching.report.words import decimal, money, percent, status_words
from matching.scoring import Metrics

FEWEST = Text("已证明：调动最少，且在其中最优", "proven: fewest moves, and best among such plans")


class Card(NamedTuple):
    """One figure, with a line below it."""

    name: str
    value: str
    note: str


class Headline(NamedTuple):
    """The recommended plan in a few words; `broken` counts the groups in which a hard rule does not hold."""

    plan: str
    status: str
    proven: bool
    broken: int
    plans: int
    cards: list[Card]


def headline(report: Report, lang: Lang) -> Headline:
    """Return the headline figures."""
    hard = {rule.id for rule in report.policy.rules if rule.enforce == "hard"}
    broken = sum(not line.ok and line.rule in hard for line in report.rule_lines)
    status, proven = status_words(report.plan, lang), report.plan.status == "optimal"
    if report.replanned is not None and report.replanned.proven and not proven:
        status, proven = FEWEST.get(lang), True
    return Headline(label(report, report.best, lang), status, proven, broken, len(report.ranking.plans),
                    _cards(report, lang))


def _cards(report: Report, lang: Lang) -> list[Card]:
    metrics = report.metrics
    subsidies = (Text("补助总额", "Subsidies in all"), money(metrics.yuan), Text("按岗位期限合计", "over all terms"))
    texts = (*_seats(metrics), *_teachers(metrics, len(report.plan.unplaced)), subsidies)
    return [Card(name.get(lang), value if isinstance(value, str) else value.get(lang), note.get(lang))
            for name, value, note in texts]


_Line = tuple[Text, str | Text, Text]


def _seats(m: Metrics) -> list[_Line]:
    empty = m.seats.whole - m.seats.part
    county = m.lowest_county or "—"
    return [
        (Text("补足岗位", "Seats filled"), f"{m.seats.part:,} / {m.seats.whole:,}",
         Text(f"缺 {empty:,} 人", f"{empty:,} empty")),
        (Text("满足率", "Share filled"), percent(m.seats.value),
         Text(f"按目标的权重为 {percent(m.fill.value)}", f"{percent(m.fill.value)} as the goal weighs them")),
        (Text("满足率最低的县", "Lowest county"), percent(m.fair), Text(county, county)),
    ]


def _teachers(m: Metrics, unplaced: int) -> list[_Line]:
    met = m.wishes.named - m.wishes.none
    p90 = decimal(m.km.p90)
    return [
        (Text("骨干教师占比", "Backbone share"), percent(m.backbone.value),
         Text(f"{m.backbone.part:,} 人", f"{m.backbone.part:,} teachers")),
        (Text("平均距离", "Mean distance"), Text(f"{decimal(m.km.mean)} 公里", f"{decimal(m.km.mean)} km"),
         Text(f"九成教师不超过 {p90} 公里", f"nine in ten within {p90} km")),
        (Text("满足意向", "Wishes met"), f"{met:,} / {m.wishes.named:,}",
         Text(f"其中第一意向 {m.wishes.first:,} 人", f"{m.wishes.first:,} of them the first")),
        (Text("未安置教师", "Without a post"), f"{unplaced:,}", Text("审核通过、未暂缓", "approved, not deferred")),
    ]
