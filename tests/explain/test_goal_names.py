"""Changes of goals in words: more or fewer, better or worse, also of evenness and its levels."""

from __future__ import annotations

from dataclasses import replace

from matching import policy as policies
from matching.domain.plan import Placement
from matching.domain.text import Text
from matching.explain.goal_names import change_words, losses
from matching.explain.moves import Move, moves, totals_changed
from matching.policy.model import Goal

BASE = policies.load("base")
EVEN = replace(BASE, goals=(Goal("fair", leximin=True), Goal("fill"), Goal("points")))


def placement(teacher, need, km=None, yuan=0):
    return Placement(teacher, need, "resident", km, yuan, None, "main", "main", False)


def test_more_and_fewer_better_and_worse():
    told = change_words([("fill", -4), ("shortfall", 0), ("points", -1340)], BASE)
    assert told == [
        Text("补足岗位（按优先级加权）少 4（变差）", "Seats filled, weighted by priority: 4 fewer (worse)"),
        Text("安置积分（越少越好）少 1,340（变好）", "Placement points (fewer is better): 1,340 fewer (better)")]


def test_the_levels_behind_evenness_are_to_be_few():
    changes = [("fair", -3500), ("fair", 2), ("fair", -1), ("fill", 5), ("points", 0)]
    assert losses(changes, EVEN) == [3500, 2, -1, -5, 0]
    zh = [told.zh for told in change_words(changes, EVEN)]
    assert zh == ["均衡（各组最低满足率）少 0.35%（变差）",
                  "均衡第 1 级：满足率不到这一级的组数（越少越好）多 2（变差）",
                  "均衡第 2 级：满足率不到这一级的组数（越少越好）少 1（变好）", "补足岗位（按优先级加权）多 5（变好）"]


def test_who_moves_and_what_it_adds_up_to():
    before = (placement("T1", "N1", 10.5, 100), placement("T2", "N2", 3.0), placement("T3", "N3", None, 50))
    after = (placement("T1", "N2", 3.0, 100), placement("T3", "N3", None, 50), placement("T4", "N1", 20.0, 0))
    assert moves(before, after) == (Move("T1", ("N1",), ("N2",)), Move("T2", ("N2",), ()), Move("T4", (), ("N1",)))
    assert [told.en for told in totals_changed(before, after)] == ["9.5 km more in all"]
    fewer = [told.zh for told in totals_changed(after, before[:1])]
    assert fewer == ["少安置 2 人", "总路程少 12.5 公里", "补助少 50 元"]
    assert totals_changed(before, before) == []
