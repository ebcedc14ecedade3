"""The ways out of a clash: one number, a limit on pairs, more teachers, and what the policy says of their price."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.domain.text import Text
from matching.explain.conflicts.bend import price
from matching.explain.conflicts.conflict import EVERY_GROUP, diagnose
from matching.explain.conflicts.number import neighbour
from matching.explain.conflicts.reach import least_reach, limits
from matching.explain.patience import Patience
from matching.policy import condition, load
from matching.policy.conditions import FieldRef
from matching.policy.model import Place, Quota, Require, Together
from matching.problem import compile
from tests.builders import distance, instance, need, site, teacher
from tests.explain.conflicts.clashing import FEATURES, broken, every_plan, in_process
from tests.strategies import instances

__all__ = ["in_process"]
BASE = load("base")
TITLE = Text("测试", "Test")


def quota(name, **given):
    return Quota(id=name, title=TITLE, **given)


def found(case, *rules, base=BASE):
    return diagnose(compile(case, replace(base, rules=(*rules, *base.rules))), in_process=True)


def kinds(diagnosis):
    return {one.kind: one for one in diagnosis.relaxations}


def holds(case, policy):
    return engines.solve(compile(case, policy).program).status != "infeasible"


def far(*km):
    """Schools of one post each, so far from A, where one teacher each is due to leave."""
    sites = [site("A"), *(site(f"R{at}", "receiver") for at in range(len(km)))]
    return instance(sites, [need(f"N{at}", f"R{at}") for at in range(len(km))],
                    [teacher(f"T{at}", "A", mandatory=True) for at in range(len(km))],
                    distances=[distance("A", f"R{at}", length) for at, length in enumerate(km)])


@given(st.fractions(-9, 9, max_denominator=40), st.integers(1, 25))
def test_the_next_fraction_is_the_least_above(value, most):
    above = (Fraction(over, under) for under in range(1, most + 1)
             for over in [int(value * under // 1) + 1])
    assert neighbour(value, most) == min(above)


def test_a_limit_moves_just_so_far_that_the_rules_hold(in_process):
    rule = Require(id="near", title=TITLE, that=(condition("km <= 30"),))
    diagnosis = found(far(10.0, 44.9, 65.5), rule)
    assert {(k.rule, k.group) for k in diagnosis.conflict} >= {("near", "plan")}
    reach = kinds(diagnosis)["reach"]
    (change,) = reach.changes
    assert (change.rule, change.group, change.bound) == ("near", EVERY_GROUP, "km <=")
    assert (change.before, change.after, reach.used, reach.proven) == ("30", "65.5", 2, True)


@pytest.mark.parametrize(("km", "does"), [("65.4", False), ("65.5", True)])
def test_one_hectometre_less_does_not_do(in_process, km, does):
    rule = Require(id="near", title=TITLE, that=(condition(f"km <= {km}"),))
    assert holds(far(10.0, 44.9, 65.5), replace(BASE, rules=(rule, *BASE.rules))) == does


def test_a_limit_that_each_teacher_states_moves_for_all_by_as_much(in_process):
    case = far(10.0, 44.9)
    case = replace(case, teachers=tuple(t._replace(max_km=12.5) for t in case.teachers))
    (change,) = kinds(found(case))["reach"].changes
    assert (change.rule, change.before, change.after) == ("max-km", "max_km", "max_km + 32.4")


def test_a_strict_limit_moves_one_more(in_process):
    rule = Require(id="near", title=TITLE, that=(condition("km < 30"),))
    (change,) = kinds(found(far(10.0, 44.9), rule))["reach"].changes
    assert change.after == "45"


def test_a_limit_that_may_not_bend_does_not_move(in_process):
    rule = Require(id="near", title=TITLE, that=(condition("km <= 30"),), bend=0)
    assert "reach" not in kinds(found(far(10.0, 44.9), rule))


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(instances(3, 2, 2, 2, features=FEATURES - {"mandatory"}), st.integers(0, 60), st.integers(1, 4))
def test_a_moved_limit_equals_trying_every_plan(in_process, case, km, least):
    rule = Require(id="near", title=TITLE, that=(condition(f"km <= {km}"),))
    policy = replace(BASE, rules=(quota("many", at_least=Fraction(least)), rule, *BASE.rules))
    assume(all(broken(plan) for plan in every_plan(case, policy)))
    (limit,) = limits(rule)
    reach = least_reach(compile(case, policy), limit, Patience())
    opened = replace(policy, rules=tuple(r for r in policy.rules if r.id != "near"))
    plans = [plan for plan in every_plan(case, opened) if not broken(plan)]
    lengths = [[p.km for p in plan.facts.placements(plan.roll)] for plan in plans]
    farthest = [max(some) for some in lengths if None not in some and some]
    event(f"moves: {bool(farthest)}")
    assert (reach is None) == (not farthest)
    if reach is not None:
        (change,) = reach.changes
        assert float(change.after) == min(farthest)
        assert reach.used == min(sum(k > km for k in some) for some in lengths
                                 if None not in some and some and max(some) == min(farthest))


def test_one_more_backbone_teacher_of_a_subject(in_process):
    case = instance([site("A", county="X"), site("B", "receiver", county="Y")], [need("N1", "B", 5, subject="physics")],
                    [teacher(f"T{at}", "A", subject="physics", backbone="county" if at == 0 else "none")
                     for at in range(5)])
    share = quota("share", count=(condition("backbone = yes"),), of="placed", at_least=Fraction(1, 3))
    diagnosis = found(case, share, quota("many", at_least=Fraction(5)), replace(BASE.rule("one-post"), id="once"))
    more = kinds(diagnosis)["teachers"]
    (recruits,) = more.recruits
    assert recruits[:6] == (1, "physics", "primary", True, "X", "A")
    assert (more.total, more.proven, more.changes) == (1, True, ())


def test_more_teachers_do_not_help_where_there_are_too_few_posts(in_process):
    assert "teachers" not in kinds(found(far(10.0), quota("many", at_least=Fraction(5))))


def shares(*backbone):
    """Nine in ten seats can be filled; so many backbone teachers in either county."""
    sites = [site("A"), site("B", "receiver", county="Y"), site("C", "receiver", county="Z")]
    staff = [teacher(f"{at}{k}", "A", avoid_sites=("C" if at == 0 else "B",), backbone="county" if k < many else "none")
             for at, many in enumerate(backbone) for k in range(7)]
    return instance(sites, [need("N1", "B", 7), need("N2", "C", 7)], staff)


def test_a_number_that_holds_in_every_group_is_the_least(in_process):
    share = quota("share", count=(condition("backbone = yes"),), of="placed", per=("host.county",),
                  at_least=Fraction(1, 2))
    floor = quota("floor", per=("host.county",), at_least=Fraction(7))
    diagnosis = found(shares(2, 3), share, replace(floor, bend=0))
    number = kinds(diagnosis)["number"]
    (change,) = number.changes
    assert (change.rule, change.group, change.before, change.after) == ("share", EVERY_GROUP, "1/2", "2/7")
    policy = replace(BASE, rules=(floor, *BASE.rules))
    for bound, does in ((Fraction(2, 7), True), (neighbour(Fraction(2, 7), 14), False)):
        tried = replace(policy, rules=(replace(share, at_least=bound), *policy.rules))
        assert holds(shares(2, 3), tried) == does


def test_the_dearer_rule_gives_way_last(in_process):
    case = far(10.0, 20.0, 30.0)
    few = quota("few", at_most=Fraction(1))
    assert {c.rule for c in found(case, replace(few, bend=9)).relaxations[0].changes} == {"mandatory"}
    dear = replace(BASE, rules=tuple(replace(r, bend=9) if r.id == "mandatory" else r for r in BASE.rules))
    least = found(case, few, base=dear).relaxations[0]
    assert {c.rule for c in least.changes} == {"few"}
    assert (least.total, least.cost) == (2, 2)
    none = replace(BASE, rules=tuple(replace(r, bend=0) for r in BASE.rules))
    assert found(case, replace(few, bend=0), base=none).relaxations == ()


def test_exceptions_to_a_rule_on_eligibility_only_where_the_policy_offers_them(in_process):
    case = far(10.0, 20.0)
    case = replace(case, teachers=(case.teachers[0]._replace(subject="pe"), case.teachers[1]))
    dear = [replace(r, bend=9) if r.id == "mandatory" else r for r in BASE.rules]
    told = [replace(r, bend=2) if r.id == "subject" else r for r in dear]
    assert {c.rule for c in found(case, base=replace(BASE, rules=tuple(dear))).relaxations[0].changes} == {"mandatory"}
    least = found(case, base=replace(BASE, rules=tuple(told))).relaxations[0]
    assert [(c.rule, c.bound, c.before, c.after) for c in least.changes] == [("subject", "require", 0, 1)]
    assert (least.total, least.cost) == (1, 2)


@pytest.mark.parametrize(("rule", "expected"), [
    (quota("q", at_most=Fraction(1)), 1), (quota("q", at_most=Fraction(1), bend=0), 0),
    (quota("q", at_most=Fraction(1), enforce="elastic"), 0), (quota("q", at_most=Fraction(1), on=False), 0),
    (BASE.rule("seats"), 0), (BASE.rule("one-post"), 0), (replace(BASE.rule("one-post"), bend=4), 4),
    (quota("q", at_most=FieldRef("home.send_max"), per=("home.site_id",)), 1), (BASE.rule("subject"), 0),
    (Place(id="p", title=TITLE), 1), (Together(id="t", title=TITLE, bend=3), 3),
])
def test_what_a_unit_costs(rule, expected):
    assert price(rule) == expected
