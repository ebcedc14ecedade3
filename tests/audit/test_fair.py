"""The goal `fair`, recounted (readings 43 and 44)."""

from fractions import Fraction

import pytest

from matching.audit import audit
from matching.audit.fair import levels
from matching.domain.plan import GoalLine
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import judge, policy, require
from tests.audit.helpers import plan as plan_of

SITES = [b.site("S1", "sender", county="甲县"), b.site("R1", "receiver", county="乙县"),
         b.site("R2", "receiver", county="乙县", dorm="舍"), b.site("R3", "receiver", county="丙县"),
         b.site("R4", "receiver", county="丁县")]
NEEDS = [b.need("N1", "R1", 2), b.need("N2", "R2", 1), b.need("N3", "R3", 4), b.need("N4", "R4", 3, subject="art"),
         b.need("N5", "R3", 9, subject="math")]
TEACHERS = [b.teacher(f"T{at}", "S1") for at in range(6)]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS)
FITS = require("subject", that="subject_fit = main")
PLACED = (("T0", "N1"), ("T1", "N3"), ("T2", "N1"))


def values(goal, *pairs):
    return [tuple(v) for v in judge(INSTANCE, policy(FITS, goals=(goal,)), *pairs).goals]


@pytest.mark.parametrize(("per", "pairs", "smallest"), [
    ("host.county", PLACED, 250_000), ("host.county", (), 0), ("host", PLACED, 0), ("host.dorm", PLACED, 0),
    ("host.county", (*PLACED, ("T3", "N3"), ("T4", "N3")), 666_666), ("need.subject", PLACED, 428_571),
    ("need.stage", PLACED, 428_571), ("host.township", PLACED, 1_000_000),
])
def test_the_smallest_share(per, pairs, smallest):
    """Nobody teaches art or mathematics: those seats are in no group."""
    assert values(Goal("fair", per=per), *pairs) == [("fair", smallest)]


def test_leximin_counts_the_groups_below_each_level():
    """乙县 has 3 seats and 2 filled, 丙县 4 and 1; levels 1/4 1/3 1/2 2/3 3/4 1."""
    goal = Goal("fair", leximin=True)
    assert [v for _, v in values(goal, *PLACED)] == [250_000, 0, 1, 1, 1, 2, 2]
    assert [v for _, v in values(goal)] == [0, 2, 2, 2, 2, 2, 2]


def test_levels():
    assert levels(()) == ()
    assert levels((2, 2, 3)) == tuple(map(Fraction, ("1/3", "1/2", "2/3", "1")))
    assert levels((40,)) == tuple(Fraction(k, 40) for k in range(1, 41))
    assert levels((40, 3)) == levels((99,)) == tuple(Fraction(k, 20) for k in range(1, 21))


def stated(*said):
    """The false statements of a plan that states the goals' (value, bound)."""
    rules = policy(FITS, goals=(Goal("fair", leximin=True), Goal("fill")))
    lines = [GoalLine("fair", v, v, bound, abs(bound - v) / max(1, abs(v))) for v, bound in said]
    plan = plan_of(INSTANCE, rules, *PLACED, goals=(*lines, GoalLine("fill", 9, 9, 9, 0.0)))
    return [x.group for x in audit(INSTANCE, rules, plan).breaches if x.group.startswith("goals")]


TRUE = [(v, v) for v in (250_000, 0, 1, 1, 1, 2, 2)]


def test_a_stated_value_is_held_against_the_recount():
    assert stated(*TRUE) == []
    assert stated((250_001, 250_001), *TRUE[1:]) == ["goals.1.fair.value"]
    assert stated(*TRUE[:2], (0, 0), *TRUE[3:]) == ["goals.3.fair.value"]
    assert stated(*TRUE[:-1]) == ["goals"]


def test_the_first_is_maximised_the_rest_minimised():
    assert stated((250_000, 249_999), *TRUE[1:]) == ["goals.1.fair.bound"]
    assert stated((250_000, 300_000), *TRUE[1:5], (2, 0), (2, 1)) == []
    assert stated(*TRUE[:5], (2, 3), (2, 2)) == ["goals.6.fair.bound"]
