"""What nothing asked for is undone: the goals keep their values, the rules hold, and no more differs than before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, assume, given, settings

from matching import engines
from matching import policy as policies
from matching.audit import audit, goal_values
from matching.domain.plan import Plan
from matching.explain.people.nearer import nearer
from matching.problem import Objective, compile
from tests.builders import distance, instance, need, site, teacher
from tests.strategies import ALL, instances

BASE = policies.load("base")
NONE = np.zeros(0, np.int64)


def solved(problem, *first):
    program = replace(problem.program, objectives=(*first, *problem.program.objectives))
    return engines.solve(program, in_process=True).x


def chosen(problem, x):
    return np.flatnonzero(x[:len(problem.arcs)])


def apart(problem, before, x):
    return len(set(before.tolist()) ^ set(chosen(problem, x).tolist()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances(max_teachers=6, max_needs=4, features=ALL - {"locks", "pairings"}))
def test_the_goals_keep_their_values_and_every_rule_holds(case):
    problem = compile(case, BASE)
    x = solved(problem)
    assume(x is not None)
    some = np.zeros(problem.program.n_columns, np.int64)
    some[:len(problem.arcs)] = np.arange(len(problem.arcs)) % 3 - 1
    before = chosen(problem, solved(problem, Objective("other", some)))
    kept = chosen(problem, x)[:1]
    found = nearer(problem, before, x, kept)
    placements = problem.decode(found)
    assert audit(case, BASE, Plan("main", "feasible", 0, placements)).ok
    assert goal_values(case, BASE, placements) == goal_values(case, BASE, problem.decode(x))
    assert apart(problem, before, found) <= apart(problem, before, x)
    assert found[kept].all()


SITES = [site("S1", "sender"), site("R1", "receiver"), site("R2", "receiver")]
TWINS = instance(SITES, [need("N1", "R1"), need("N2", "R2")], [teacher("T1", "S1"), teacher("T2", "S1")],
                 distances=[distance("S1", "R1", 10), distance("S1", "R2", 40)])


def test_twins_who_changed_places_for_nothing_go_back():
    problem = compile(TWINS, BASE)
    before, x = problem.columns([("T1", "N1"), ("T2", "N2")]), np.zeros(problem.program.n_columns, np.int64)
    x[problem.columns([("T1", "N2"), ("T2", "N1")])] = 1
    assert apart(problem, before, nearer(problem, before, x, NONE)) == 0
    assert apart(problem, before, nearer(problem, before, x, problem.columns([("T1", "N2")]))) == 4


def test_two_changes_that_make_up_for_each_other_go_back_together():
    case = replace(TWINS, needs=(need("N1", "R1", 2), need("N2", "R2", 2)))
    problem = compile(case, BASE)
    before, x = problem.columns([("T1", "N1"), ("T2", "N2")]), np.zeros(problem.program.n_columns, np.int64)
    x[problem.columns([("T1", "N2"), ("T2", "N1")])] = 1
    assert apart(problem, before, nearer(problem, before, x, NONE)) == 0
