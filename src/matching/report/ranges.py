"""How firm the ranking is, in words: how far each weight may move before another plan comes first."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.words import percent, plan_title
from matching.scoring import CRITERIA, Range, RankedPlan, firmness

NOTE = Text("一项权重占全部权重的比例单独变动、其余各项按原比例分配时，推荐方案保持第一的范围；"
            "超出范围，另一个方案得分最高。",
            "How far one weight's share of all weights may move, the others keeping their proportions, while the "
            "recommended plan stays first; beyond, another scores higher.")


class WeightRange(NamedTuple):
    """A criterion's weight and its range, both as shares in words, and what happens beyond."""

    name: str
    weight: str
    range: str
    beyond: str


def beyond(one: Range, plan_id: str, lang: Lang) -> str:
    """Return beyond which ends of the range that plan is first; empty for neither."""
    told = []
    if one.below == plan_id:
        told.append(Text(f"低于 {percent(one.low)} 时第一", f"first below {percent(one.low)}").get(lang))
    if one.above == plan_id:
        told.append(Text(f"高于 {percent(one.high)} 时第一", f"first above {percent(one.high)}").get(lang))
    return Text("；", "; ").get(lang).join(told)


def weight_ranges(report: Report, lang: Lang) -> list[WeightRange]:
    """Return each weight's range; none where there is a single plan."""
    if len(report.ranking.plans) < 2:
        return []
    found = firmness(report.ranking)
    return [WeightRange(CRITERIA[name].title.get(lang), percent(one.weight), range_words(one, lang),
                        _beyond(report, one, lang)) for name, one in found.items()]


def range_words(one: Range, lang: Lang) -> str:
    """Return the range, the shares rounded to a thousandth."""
    if one.below is None and one.above is None:
        return Text("任意（0%～100%）", "any (0% to 100%)").get(lang)
    low, high = percent(one.low), percent(one.high)
    return Text(f"{low}～{high}", f"{low} to {high}").get(lang)


def _beyond(report: Report, one: Range, lang: Lang) -> str:
    told = []
    if one.below is not None:
        name, end = _title(report, one.below, lang), percent(one.low)
        told.append(Text(f"低于 {end}：“{name}”第一", f"below {end}: “{name}” first"))
    if one.above is not None:
        name, end = _title(report, one.above, lang), percent(one.high)
        told.append(Text(f"高于 {end}：“{name}”第一", f"above {end}: “{name}” first"))
    if not told:
        return Text("推荐方案始终第一", "the recommended plan is always first").get(lang)
    return Text("；", "; ").get(lang).join(t.get(lang) for t in told)


def _title(report: Report, plan_id: str, lang: Lang) -> str:
    return called(report, next(p for p in report.ranking.plans if p.plan.plan == plan_id), lang)


def called(report: Report, ranked: RankedPlan, lang: Lang) -> str:
    """Return a plan's title, with its id where several plans may have the title."""
    title = plan_title(report.policy, ranked.variant, lang)
    return title if ranked.variant else f"{title} {ranked.plan.plan}"
