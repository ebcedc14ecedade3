from __future__ import annotations

from dataclasses import replace

from matching.domain.text import Text
from matching.policy.model import Goal, Variant
from matching.report.goal_words import goal_words
from tests.report.samples import POLICY

FAIR = replace(POLICY, goals=(Goal("fair", leximin=True), Goal("fill")),
               variants=(Variant("plain", Text("", ""), goals=(Goal("fair"), Goal("fair", per="host.site_id"))),))


def test_levels_behind_the_smallest_share_are_numbered() -> None:
    found = goal_words(FAIR, "main", ["fair", "fair", "fair", "fill"], "zh")
    assert [words.level for words in found] == [0, 1, 2, 0]
    assert [words.title for words in found] == [
        "均衡（各组最低满足率）", "均衡第 1 级：满足率不到这一级的组数（越少越好）",
        "均衡第 2 级：满足率不到这一级的组数（越少越好）", "补足岗位（按优先级加权）"]
    assert [words.shown(250_000) for words in found] == ["25.00%", "250,000", "250,000", "250,000"]
    assert goal_words(FAIR, "main", ["fair", "fair"], "en")[1].title.startswith("Evenness, level 1")


def test_two_fair_goals_of_a_variant_are_each_a_share() -> None:
    found = goal_words(FAIR, "plain", ["fair", "fair"], "zh")
    assert [(words.level, words.shown(999_999)) for words in found] == [(0, "99.99%")] * 2
