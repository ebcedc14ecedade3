"""Balance, what is there already, sites and fair shares: small cases by hand, and every plan tried."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.domain.text import Text
from matching.policy import load
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Goal, Quota, Slack, Variant
from matching.problem import compile
from matching.problem.standing import Standing
from tests.agreement import completed
from tests.builders import instance, need, site, staffing, teacher
from tests.problem.further import further_instances, further_policies

BASE = load("base")
TITLE = Text("测试", "Test")
FILL = (Goal("fill"),)


def policy(*rules, goals=FILL, **given):
    return replace(BASE, rules=(*rules, *BASE.rules), goals=goals, points={}, **given)


def quota(**given):
    return Quota(id="q", title=TITLE, **given)


def balance(**given):
    return Balance(id="b", title=TITLE, **given)


def solved(made, rules_of):
    problem = compile(made, rules_of)
    solution = engines.solve(problem.program, in_process=True)
    values = [goal.best for goal in solution.goals]
    return solution.status, values, () if solution.x is None else problem.decode(solution.x)


def counties(*seats, teachers=4):
    """One receiving school of so many seats in each county, with teachers from county S who may go anywhere."""
    sites = [site("S", "sender", county="S"), *(site(f"R{k}", "receiver", county=f"C{k}") for k in range(len(seats)))]
    return instance(sites, [need(f"N{k}", f"R{k}", count) for k, count in enumerate(seats)],
                    [teacher(f"T{k}", "S") for k in range(teachers)])


def filled(placements):
    return sorted(p.need for p in placements)


def test_the_smallest_share_is_made_as_large_as_can_be():
    status, values, placements = solved(counties(4, 2, teachers=3), policy(goals=(Goal("fair"), Goal("fill"))))
    assert (status, values) == ("optimal", [500_000, 9])
    assert filled(placements) == ["N0", "N0", "N1"]


def test_leximin_raises_those_who_are_behind_level_by_level():
    made = counties(1, 3, 3, teachers=4)
    status, values, placements = solved(made, policy(goals=(Goal("fair", leximin=True), Goal("fill"))))
    assert (status, values) == ("optimal", [333_333, 0, 1, 2, 12])
    assert filled(placements) == ["N0", "N1", "N1", "N2"] or filled(placements) == ["N0", "N1", "N2", "N2"]


def test_posts_that_nobody_could_fill_do_not_count():
    made = counties(1, 1)
    made = replace(made, needs=(*made.needs, need("N9", "R1", 8, subject="pe")))
    assert solved(made, policy(goals=(Goal("fair"),)))[1] == [1_000_000]
    nobody = replace(made, teachers=tuple(t._replace(subject="art") for t in made.teachers))
    assert solved(nobody, policy(goals=(Goal("fair", leximin=True),)))[1] == [1_000_000]


def test_a_variant_may_be_fair_where_the_policy_is_not():
    fairest = Variant("fairest", TITLE, goals=(Goal("fair"), Goal("fill")))
    made = policy(variants=(fairest,))
    problem = compile(counties(4, 2, teachers=3), made)
    weighed = problem.weighed(replace(made, goals=fairest.goals))
    assert [o.name for o in problem.program.objectives] == ["fill"]
    assert engines.solve(weighed.program, in_process=True).goals[0].best == 500_000


def test_what_is_given_up_of_the_smallest_share_is_the_first_goals_alone():
    goals = (Goal("fair", leximin=True, slack=Slack(Fraction(500_000))), Goal("fill"))
    objectives = compile(counties(2, 2), policy(goals=goals)).program.objectives
    assert [o.slack_amount for o in objectives] == [500_000, 0, 0, 0]


def both_ways(*teachers):
    """Two schools that send and receive, each with a post for Chinese and one for mathematics."""
    sites = [site("A", county="X"), site("B", county="Y")]
    needs = [need(f"{at}-{subject}", at, subject=subject) for at in "AB" for subject in ("chinese", "math")]
    return instance(sites, needs, [teacher(f"T{k}", home, subject=subject)
                                   for k, (home, subject) in enumerate(teachers)])


def test_as_many_come_as_leave():
    made = both_ways(("A", "chinese"), ("A", "math"), ("B", "chinese"))
    _, values, placements = solved(made, policy(balance(at_least=Fraction(0), at_most=Fraction(0))))
    assert values == [6]
    assert {p.teacher for p in placements} > {"T2"}
    by_subject = policy(balance(per=("home.site_id", "subject"), at_most=Fraction(0)))
    assert [p.teacher for p in solved(made, by_subject)[2]] == ["T0", "T2"]


def test_an_elastic_balance_costs_each_person_over():
    rule = balance(at_most=Fraction(1), enforce="elastic", penalty=4)
    made = both_ways(("A", "chinese"), ("A", "math"))
    _, values, _ = solved(made, policy(rule, goals=(Goal("fill"), Goal("shortfall"))))
    assert values == [6, 4]


def test_groups_of_a_balance_are_those_of_approved_teachers_and_the_subjects_of_both_sides():
    made = both_ways(("A", "chinese"), ("B", "pe"))
    made = replace(made, teachers=(*made.teachers[:1], made.teachers[1]._replace(status="pending")))
    for per, labels in ((("home.county",), {"X"}), (("home.site_id", "subject"), {"A * chinese", "A * math"})):
        problem = compile(made, policy(balance(per=per, at_least=Fraction(-9), at_most=Fraction(0))))
        assert set(problem.balances[0].labels) == labels


def test_what_is_there_already_is_taken_off_the_bound():
    made = counties(3, 3, teachers=5)
    made = replace(made, staffing=(staffing("R0", exchange_staff=2), staffing("R1", exchange_staff=4)))
    there = {"per": ("host.site_id",), "plus": FieldRef("host.exchange_staff")}
    most = quota(at_most=Fraction(4), **there)
    assert filled(solved(made, policy(most))[2]) == ["N0", "N0"]
    assert solved(made, policy(quota(at_most=Fraction(3), **there)))[0] == "infeasible"
    elastic = replace(most, at_most=Fraction(1), enforce="elastic")
    assert solved(made, policy(elastic, goals=(Goal("shortfall"), Goal("fill"))))[1] == [4, 0]
    from_two = replace(elastic, from_seats=2)
    assert solved(made, policy(from_two, goals=(Goal("fill"), Goal("shortfall"))))[1] == [15, 9]


def test_a_share_counts_what_is_there_in_its_numerator():
    made = counties(3, 3)
    made = replace(made, sites=(made.sites[0], *(s._replace(staff=9) for s in made.sites[1:])),
                   staffing=(staffing("R0", exchange_staff=2), staffing("R1", exchange_staff=3)))
    rule = quota(per=("host.site_id",), of=FieldRef("host.staff"), at_least=Fraction(1, 3),
                 plus=FieldRef("host.exchange_staff"))
    least = policy(rule, goals=(Goal("points", points={"other_county": 1}),))
    assert filled(solved(made, least)[2]) == ["N0"]


def test_a_share_of_an_empty_field_is_no_bound():
    made = counties(3, 3)
    made = replace(made, sites=(*made.sites[:-1], made.sites[-1]._replace(staff=2)))
    cap = quota(per=("host.site_id",), of=FieldRef("host.staff"), at_most=Fraction(1, 2))
    assert sorted(filled(solved(made, policy(cap))[2])) == ["N0"] * 3 + ["N1"]


@pytest.mark.parametrize(("bound", "values"), [({"at_most": Fraction(2)}, [9]), ({"at_most": Fraction(1)}, [6])])
def test_no_more_sites_than_the_bound(bound, values):
    assert solved(counties(1, 2, 1), policy(quota(measure="sites", **bound)))[1] == values


def test_no_fewer_sites_than_the_bound():
    goals = (Goal("points", points={"other_county": 1}),)
    _, values, placements = solved(counties(4, 2, 1), policy(quota(measure="sites", at_least=Fraction(2)), goals=goals))
    assert (values, len(set(filled(placements)))) == ([2], 2)
    too_many = quota(measure="sites", at_least=Fraction(4), enforce="elastic")
    assert solved(counties(4, 2, 1), policy(too_many, goals=(Goal("shortfall"),)))[1] == [1]


def feasible(problem, chosen):
    return completed(problem.program, sorted(chosen)) is not None


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(further_instances(max_teachers=3, max_needs=3), further_policies())
def test_the_best_of_all_plans_is_found(instance, policy):
    """Every plan is tried; goals are compared in order, without slack."""
    policy = replace(policy, goals=tuple(replace(g, slack=Slack()) for g in policy.goals))
    program = compile(instance, policy).program
    arcs = range(min(program.n_arcs, 8))
    program = replace(program, upper=np.r_[program.upper[:len(arcs)], np.zeros(program.n_arcs - len(arcs), np.int64),
                                           program.upper[program.n_arcs:]])
    found = [completed(program, list(some)) for many in range(4) for some in combinations(arcs, many)]
    values = [tuple(int(o.cost @ x) + o.constant for o in program.objectives) for x in found if x is not None]
    solution = engines.solve(program, in_process=True)
    if not values:
        assert solution.status == "infeasible"
    else:
        assert solution.status == "optimal"
        best = tuple(o.sense * g.best for o, g in zip(program.objectives, solution.goals, strict=True))
        assert best == min(values)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(further_instances(), further_policies(), st.data())
def test_the_rule_said_to_break_by_one_more_placement_is_broken(instance, policy, data):
    problem = compile(instance, policy)
    n = len(problem.arcs)
    chosen = data.draw(st.sets(st.integers(0, n - 1), max_size=4)) if n else set()
    others = sorted(set(range(n)) - chosen)
    if not others or not feasible(problem, chosen):
        return
    broken = Standing(problem, np.array(sorted(chosen), np.int64)).first_broken(np.array(others))
    grouped = {t for t, row in enumerate(instance.teachers) if row.group is not None}
    for arc, rule in zip(others, broken, strict=True):
        if problem.arcs.teacher[arc] not in grouped:
            assert (rule is None) == feasible(problem, {*chosen, arc})
