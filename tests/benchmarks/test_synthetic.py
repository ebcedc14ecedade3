"""The seeded generator, at its smallest size."""

from collections import Counter
from functools import cache
from itertools import product

import numpy as np
import pytest
from benchmarks.synthetic import SIZES, make
from benchmarks.synthetic.draws import largest_remainder, rank_within, spans
from benchmarks.synthetic.sizes import Supply

from matching.domain.instance import Instance
from matching.engines import solve
from matching.policy.model import Policy, Subsidy
from matching.problem import compile

SUPPLIES: tuple[Supply, Supply] = ("loose", "tight")
made = cache(make)


@pytest.fixture(params=["loose", "tight"])
def pair(request: pytest.FixtureRequest) -> tuple[Instance, Policy]:
    return made("S", 1, backbone=request.param, budget=request.param)


def test_the_numbers_asked_for():
    instance, _ = made("S", 1)
    assert len(instance.teachers) == SIZES["S"].teachers == 130
    assert sum(need.count for need in instance.needs) == SIZES["S"].seats
    assert sum(site.role == "sender" for site in instance.sites) == SIZES["S"].homes


def test_the_shape_of_a_prefecture():
    instance, _ = made("M", 2)
    assert len(instance.teachers) == 1_400
    assert sum(need.count for need in instance.needs) == 1_500
    by_role = {role: {s.county for s in instance.sites if s.role == role} for role in ("sender", "receiver")}
    assert {role: len(counties) for role, counties in by_role.items()} == {"sender": 40, "receiver": 58}


def test_nearly_all_counties_open():
    instance, _ = made("MD", 1)
    assert len(instance.pairings) > 0.9 * 40 * 58


def test_the_same_seed_gives_the_same():
    assert make("S", 3, budget="tight") == make("S", 3, budget="tight")
    assert made("S", 1)[0] != made("S", 2)[0]


def test_settings_change_only_backbone_and_budget():
    (loose, generous), (tight, strict) = made("S", 1), made("S", 1, backbone="tight", budget="tight")
    assert loose.needs == tight.needs
    assert [t._replace(backbone="") for t in loose.teachers] == [t._replace(backbone="") for t in tight.teachers]
    assert generous.rule("budget") != strict.rule("budget")
    differ = [rule for rule, other in zip(generous.rules, strict.rules, strict=True) if rule != other]
    assert [rule.id for rule in differ] == ["budget"]


@pytest.mark.parametrize(("supply", "share"), [("loose", 0.30), ("tight", 0.205)])
def test_the_supply_of_backbone_teachers(supply: Supply, share: float):
    instance, _ = made("M", 2, backbone=supply)
    backbone = {t.teacher_id for t in instance.teachers if t.backbone == "county"}
    assert len(backbone) == round(share * 1_400)
    home = Counter(instance.site[t.home_site].county for t in instance.teachers)
    theirs = Counter(instance.site[t.home_site].county for t in instance.teachers if t.teacher_id in backbone)
    assert all(abs(theirs[county] - share * n) <= 1 for county, n in home.items())


def test_every_kind_of_side_rule_is_there():
    instance, policy = made("S", 1)
    assert {"backbone-share", "backbone-share-county", "backbone-school", "county-floor", "budget",
            "send-max", "send-max-subject", "group"} <= {rule.id for rule in policy.rules if rule.on}
    assert all(policy.rule(name).enforce == "hard" for name in ("backbone-share", "county-floor", "budget", "group"))
    assert len({rule.amount for rule in policy.active(Subsidy)}) == 2
    assert all(site.send_max for site in instance.sites if site.role == "sender")
    assert instance.staffing
    assert set(Counter(t.group for t in instance.teachers if t.group).values()) == {2}
    assert any(t.pref_3 for t in made("M", 2)[0].teachers)
    assert any(t.alt_subjects for t in instance.teachers)


def test_couples_come_from_one_county():
    instance, _ = made("M", 2)
    counties: dict[str, set[str]] = {}
    for teacher in instance.teachers:
        if teacher.group:
            counties.setdefault(teacher.group, set()).add(instance.site[teacher.home_site].county)
    assert len(counties) == 7
    assert all(len(of) == 1 for of in counties.values())


def test_references_hold():
    instance, _ = made("M", 2)
    counties = {site.county for site in instance.sites}
    assert {need.site_id for need in instance.needs} | {t.home_site for t in instance.teachers} <= set(instance.site)
    assert {place for row in instance.pairings for place in (row.origin, row.destination)} <= counties
    assert {t.pref_1 for t in instance.teachers} - {None} <= counties


def test_there_is_a_plan(pair: tuple[Instance, Policy]):
    assert solve(compile(*pair).program, time_limit=60, in_process=True).x is not None


def test_the_budget_binds():
    problems = [compile(*made("S", 1, budget=budget)) for budget in SUPPLIES]
    filled = [solve(problem.program, in_process=True).goals[0].best for problem in problems]
    assert filled[0] > filled[1]


def test_largest_remainder_adds_up():
    for total, least in product((7, 20, 101), (0, 1)):
        shares = largest_remainder(np.array([1.0, 2.5, 0.1]), total, least)
        assert shares.sum() == total
        assert shares.min() >= least


def test_ranks_and_spans():
    groups = np.array([1, 0, 1, 1])
    assert rank_within(groups).tolist() == [0, 0, 1, 2]
    assert rank_within(groups, np.array([3, 2, 1, 0])).tolist() == [2, 0, 1, 0]
    assert [part.tolist() for part in spans(np.array([4, 9]), np.array([2, 1]))] == [[0, 0, 1], [4, 5, 9]]
