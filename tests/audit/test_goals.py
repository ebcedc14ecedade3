"""Goals in their order and their values, recounted (Contract 2, Goals)."""

from datetime import date

import pytest

from matching.audit import goal_values
from matching.audit.goals import goals_in_order
from matching.domain.findings import InputError
from matching.domain.text import Text
from matching.policy.model import Goal, Variant, Weight
from tests import builders as b
from tests.audit.helpers import cond, judge, place, plan, policy, quota, require, subsidy, together

SITES = [
    b.site("S1", "sender", county="甲县"), b.site("S2", "sender", county="乙县"),
    b.site("R1", "receiver", county="乙县", hardship=4, language="藏语"), b.site("R2", "receiver", county="丙县"),
]
NEEDS = [b.need("N1", "R1", 5, priority=1, modes=("part_time", "resident"), alt_subjects=("math",), term=0.5),
         b.need("N2", "R2", 5, priority=5)]
TEACHERS = [
    b.teacher("T1", "S1", subject="math", stages=("junior", "primary"), backbone="city", score=85.5, last_need="N2",
              promotion_need=True, home_county="乙县", pref_1="无", pref_2="R1", group="G"),
    b.teacher("T2", "S2", languages=("藏语",), modes=("part_time",), pref_1="N1", group="G"),
    b.teacher("T3", "S2", pref_1="无处", birth=date(1990, 1, 1)),
]
ROADS = [b.distance("S1", "R1", 38.4), b.distance("S2", "R1", 12.5), b.distance("S1", "R2", 99.9)]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS, distances=ROADS, pairings=[b.pairing("S1", "R1", "prefer")])
PAIRS = (("T1", "N1"), ("T2", "N1"), ("T3", "N2"))


def values(rules, *pairs, name="main"):
    return [tuple(v) for v in judge(INSTANCE, rules, *pairs, plan=name).goals]


@pytest.mark.parametrize(("points", "total"), [
    ({"km": 1}, 38 + 13 + 100), ({"km": 10}, 384 + 125 + 999), ({"km": -1}, -38 - 12 - 100),
    ({"preference": (0, 20, 40, 80)}, 20 + 0 + 0), ({"preference": (1, 20, 40, 80)}, 20 + 1),
    ({"alt_subject": 30}, 30), ({"other_stage": 7}, 7), ({"other_mode": 20}, 20 + 0 + 0),
    ({"other_county": 5}, 10), ({"not_paired": 10}, 20), ({"promotion_need": -20}, -20),
    ({"home_county_match": -10}, -10), ({"backbone": 3}, 3), ({"hardship": 2}, 16), ({"language_missing": 50}, 50),
    ({"score": 1}, 86), ({"score": -1}, -85), ({"yuan": 1}, 13 + 13 + 25), ({"moved": 1}, 1), ({}, 0),
    ({"km": 1, "moved": 5}, 156),
])
def test_points(points, total):
    """S2 to R2 is unknown: it costs as the largest, 99.9 km. Half a year at 25,000 is 12,500."""
    rules = policy(subsidy("pay", 25000), goals=(Goal("points"),), points=points)
    assert values(rules, *PAIRS) == [("points", total)]


def test_a_goal_may_have_its_own_points():
    rules = policy(goals=(Goal("points", points={"moved": 1}), Goal("points")), points={"km": 1})
    assert values(rules, *PAIRS) == [("points", 1), ("points", 151)]


def test_fill_by_priority_and_by_condition():
    assert values(policy(goals=(Goal("fill"),)), *PAIRS) == [("fill", 11)]
    tiers = (Weight(cond("backbone = yes"), 7), Weight(cond("host = R1", "age > 90"), 2))
    assert values(policy(goals=(Goal("fill", weights=tiers),)), *PAIRS) == [("fill", 9)]


def test_without_goals_fill_shortfall_points():
    assert values(policy(points={"km": 1}), *PAIRS) == [("fill", 11), ("points", 151)]
    soft = quota("q", at_most=1, enforce="elastic", penalty=3)
    assert values(policy(soft), *PAIRS) == [("fill", 11), ("shortfall", 6), ("points", 0)]


SHARE = quota("share", count="backbone = yes", of="placed", at_least=0.9, enforce="elastic")
CAP = quota("cap", at_most=1, enforce="elastic")
KM = require("km", that="km <= 30", enforce="elastic", penalty=5)


@pytest.mark.parametrize(("goals", "names"), [
    ([Goal("fill"), Goal("points")], ["shortfall:cap,km", "fill", "shortfall:share", "points"]),
    ([Goal("fill"), Goal("shortfall"), Goal("points")], ["fill", "shortfall", "points"]),
    ([Goal("shortfall", rules=("cap",)), Goal("fill")], ["shortfall:km", "shortfall:cap", "fill", "shortfall:share"]),
    ([Goal("shortfall", rules=("cap", "km", "share")), Goal("fill")], ["shortfall:cap,km,share", "fill"]),
    ([Goal("points")], ["shortfall:share,cap,km", "points"]),
])
def test_where_shortfall_goals_go_without_saying(goals, names):
    found = goals_in_order(policy(SHARE, CAP, KM, quota("hard", at_most=9), goals=tuple(goals)))
    assert [g.kind + (":" + ",".join(g.rules) if g.rules else "") for g in found] == names


def test_shortfall_values():
    """One of three is backbone, three wanted; two too many; one pair over 30 km and one unknown, at 5 each."""
    rules = policy(SHARE, CAP, KM, goals=(Goal("shortfall", rules=("km",)), Goal("fill"), Goal("shortfall")))
    assert values(rules, *PAIRS) == [("shortfall", 10), ("fill", 11), ("shortfall", 4)]


def test_shortfalls_of_persons_and_groups():
    rules = policy(place("p", when="subject = chinese", enforce="elastic", penalty=2),
                   together("g", enforce="elastic", penalty=7), goals=(Goal("shortfall"),))
    assert values(rules, ("T1", "N1")) == [("shortfall", 11)]


def test_a_plan_named_after_a_variant_is_weighed_as_the_variant_says():
    near = Variant("near", Text("近", "near"), {"km": 10})
    least = Variant("least", Text("省", "least"), {}, (Goal("points", points={"moved": 1}),))
    rules = policy(points={"km": 1, "moved": 5}, variants=(near, least))
    assert values(rules, *PAIRS) == [("fill", 11), ("points", 156)]
    assert values(rules, *PAIRS, name="near") == [("fill", 11), ("points", 1513)]
    assert values(rules, *PAIRS, name="least") == [("points", 1)]


def test_goal_values_of_placements_alone():
    rules = policy(CAP, points={"km": 1})
    placements = plan(INSTANCE, rules, *PAIRS).placements
    assert [tuple(v) for v in goal_values(INSTANCE, rules, placements)] == values(rules, *PAIRS)


@pytest.mark.parametrize("rules", [policy(goals=(Goal("fair", per="home"),)), policy(points={"distance": 1})])
def test_what_cannot_be_recounted_is_refused(rules):
    with pytest.raises(InputError):
        values(rules, *PAIRS)
