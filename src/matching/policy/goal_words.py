"""What goals are called where their values are told, and how a value is written."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.text import Text

GOAL_TITLES: Mapping[str, Text] = {
    "fill": Text("补足岗位（按优先级加权）", "Seats filled, weighted by priority"),
    "shortfall": Text("弹性规则的缺口（罚分合计）", "Shortfall of elastic rules (penalties)"),
    "fair": Text("均衡（各组最低满足率）", "Evenness (the smallest share filled of a group)"),
    "points": Text("安置积分（越少越好）", "Placement points (fewer is better)"),
}


def goal_title(name: str, level: int = 0) -> Text:
    """Return what a goal is called; `level` is which line of leximin behind a fair goal it is, 0 for any other."""
    if not level:
        return GOAL_TITLES.get(name, Text(name, name))
    return Text(f"均衡第 {level} 级：满足率不到这一级的组数（越少越好）",
                f"Evenness, level {level}: groups with a smaller share (fewer is better)")


def value_words(name: str, level: int, value: int) -> str:
    """Return a goal's value, or a change of it; the smallest share is told in percent."""
    return f"{value / 10_000:,.2f}%" if name == "fair" and not level else f"{value:,}"
