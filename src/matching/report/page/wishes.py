"""Which wishes were met."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.words import percent


class WishLine(NamedTuple):
    """How many fared so; `share` is from 0 to 1 of those who named a wish."""

    name: str
    people: int
    share: float
    shown: str


def wishes(report: Report, lang: Lang) -> list[WishLine]:
    """Return the outcomes among those who named a known wish; nothing where nobody did."""
    w = report.metrics.wishes
    lines = ((Text("满足第一意向", "First wish met"), w.first), (Text("满足第二意向", "Second wish met"), w.second),
             (Text("满足第三意向", "Third wish met"), w.third),
             (Text("安置到其他岗位", "Placed elsewhere"), w.none - w.unplaced),
             (Text("未安置", "Not placed"), w.unplaced))
    if not w.named:
        return []
    return [WishLine(name.get(lang), count, count / w.named, percent(count / w.named)) for name, count in lines]
