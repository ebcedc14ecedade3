"""Two plans side by side."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Plan
from matching.policy.model import Policy
from matching.scoring import Difference, difference, move_words, words
from tests import builders as b
from tests.scoring.plans import placement, plan
from tests.scoring.test_score import POLICY
from tests.strategies import instances

COUNTY = b.instance(
    [b.site("A", "sender"), b.site("H", "receiver", county="Y"), b.site("K", "receiver", county="Z")],
    [b.need("N1", "H", 2), b.need("N2", "K", 2)],
    [b.teacher("T1", "A", backbone="county", pref_1="H"), b.teacher("T2", "A"), b.teacher("T3", "A"),
     b.teacher("T4", "A")])


def found(policy: Policy = POLICY) -> Difference:
    first = plan("main", placement("T1", "N1", preference=1), placement("T2", "N1"), placement("T3", "N2"))
    second = plan("near", placement("T1", "N2", km=4.5), placement("T2", "N1"), placement("T4", "N2", km=1.0))
    return difference(COUNTY, policy, first, second)


def test_who_moves() -> None:
    one = found()
    assert [(m.teacher, m.leaves, m.takes) for m in one.moves] == [("T1", "N1", "N2"), ("T3", "N2", None),
                                                                   ("T4", None, "N2")]
    assert one.counts == (1, 1, 1)
    assert (one.moves[0].wish, one.moves[0].km) == ((1, None), (10.0, 4.5))


def test_what_each_county_gains_and_loses() -> None:
    y, z = found().counties
    assert y == ("Y", 2, (2, 1), (1, 0), 0, 1)
    assert z == ("Z", 2, (1, 2), (0, 1), 2, 1)


def test_what_the_criteria_gain() -> None:
    gains = {f.name: f.gain for f in found().criteria}
    assert gains == {"fill": 0, "backbone": 0, "km": 10 - Fraction(155, 30), "preference": -1, "fair": 0, "yuan": 0}


def test_goals_are_compared_by_one_measure() -> None:
    first = Plan("main", "optimal", 0, (), (GoalLine("fill", 7, 7, 7, 0.0), GoalLine("points", 30, 30, 30, 0.0)))
    second = Plan("x", "optimal", 0, (), (GoalLine("fill", 6, 6, 6, 0.0), GoalLine("points", 20, 20, 20, 0.0)))
    assert [(g.name, g.gain) for g in difference(COUNTY, POLICY, first, second).goals] == [("fill", -1), ("points", 10)]
    recounted = difference(COUNTY, POLICY, first, second, recount=lambda p: [("fair", 5), ("fair", 2)])
    assert [(g.name, g.first) for g in recounted.goals] == [("fair", 5), ("fair", 2)]


def test_goals_are_called_by_their_titles_and_a_share_is_told_in_percent() -> None:
    first, second = (Plan(name, "optimal", 0, ()) for name in ("main", "x"))
    told = words(difference(COUNTY, POLICY, first, second, recount=lambda p: [("fair", 500_000), ("fair", 2)]), COUNTY)
    assert told[1].zh == "目标“均衡（各组最低满足率）”：50.00% → 50.00%（不变）"
    assert told[1].en.startswith('Goal "Evenness (the smallest share filled of a group)": 50.00%')
    assert told[2].zh.startswith("目标“均衡第 1 级：满足率不到这一级的组数（越少越好）”：2 → 2")
    assert told[3].en.startswith("Fill, weighted by priority: ")


def test_the_words_tell_numbers_and_names() -> None:
    told = words(found(), COUNTY)
    assert told[0].zh == "从方案 main 改为方案 near：1 人换岗，1 人由未安置变为安置，1 人由安置变为未安置。"
    assert told[0].en.endswith("1 change their post, 1 are placed who were not, 1 are no longer placed.")
    assert any("Z（需求 2 人）：安置 1 → 2 人" in t.zh for t in told)
    moved = "教师T1（T1）：H学校 N1（第一意向，10 公里） → K学校 N2（4.5 公里）"
    assert move_words(found().moves[0], COUNTY).zh == moved
    assert move_words(found().moves[2], COUNTY).en == "教师T4 (T4): no post → K学校 N2 (1 km)"


@given(instances(), st.data())
def test_moves_turn_one_plan_into_the_other(instance: Instance, data: st.DataObject) -> None:
    pairs = st.lists(st.tuples(st.sampled_from([t.teacher_id for t in instance.teachers]),
                               st.sampled_from([n.need_id for n in instance.needs])), unique=True, max_size=6)
    first, second = (Plan(name, "feasible", 0, tuple(placement(*p) for p in data.draw(pairs))) for name in "ab")
    one = difference(instance, POLICY, first, second)
    then = {(p.teacher, p.need) for p in first.placements}
    then -= {(m.teacher, m.leaves) for m in one.moves}
    then |= {(m.teacher, m.takes) for m in one.moves if m.takes is not None}
    assert then == {(p.teacher, p.need) for p in second.placements}
    assert all(m.leaves != m.takes for m in one.moves)
    assert sum(c.filled[1] - c.filled[0] for c in one.counties) == len(second.placements) - len(first.placements)
    back = difference(instance, POLICY, second, first)
    assert [(c.come, c.go) for c in back.counties] == [(c.go, c.come) for c in one.counties]
    assert [f.gain for f in back.criteria] == [f.gain if f.gain is None else -f.gain for f in one.criteria]
