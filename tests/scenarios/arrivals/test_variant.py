"""The plan that is best on average: against every plan and every way to step in, and an honest comparison."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from matching import engines
from matching import policy as policies
from matching.policy.model import Goal, Weight
from matching.scenarios.arrivals.expected import NAME, expected_program, how_many, one_post_each, sampled_program
from matching.scenarios.arrivals.ground import worth_of
from matching.scenarios.arrivals.model import Arrivals, Wish
from matching.scenarios.arrivals.rates import rates_of
from matching.scenarios.arrivals.read import uniform
from matching.scenarios.arrivals.simulate import simulate
from tests import builders as b
from tests.scenarios.arrivals import cases


@pytest.fixture(scope="module")
def asked():
    sites = [b.site("S1", "sender", send_max=2), b.site("S2", "sender"), b.site("R1", "receiver"),
             b.site("R2", "receiver")]
    people = [b.teacher("T1", "S1", pref_1="N1"), b.teacher("T2", "S1", pref_1="N2"), b.teacher("T3", "S1"),
              b.teacher("T4", "S2", pref_1="N2")]
    instance = b.instance(sites, [b.need("N1", "R1", priority=1), b.need("N2", "R2", priority=4)], people)
    return cases.inquiry(instance, cases.policy())


def plans(problem):
    """Every set of arcs that the program's rows allow."""
    n = problem.program.n_columns
    for x in product((0, 1), repeat=n):
        sums = problem.program.matrix @ np.array(x)
        if (sums <= problem.program.row_upper).all() and (sums >= problem.program.row_lower).all():
            yield np.array(x)


def best_repair(problem, worth, x, come, able):
    """The most that is filled in one outcome, by trying every way to step in."""
    arcs, here = problem.arcs, x * come
    vacant = np.bincount(arcs.need, x - here, minlength=arcs.n_needs)
    idle = [a for a in np.flatnonzero(able) if not x[arcs.teacher == arcs.teacher[a]].any()]
    best = 0
    for taken in product((0, 1), repeat=len(idle)):
        y = np.zeros(len(arcs), np.int64)
        y[idle] = taken
        fits = (np.bincount(arcs.need, y, minlength=arcs.n_needs) <= vacant).all()
        sums = problem.program.matrix @ (here + y)
        if fits and (sums <= problem.program.row_upper).all():
            best = max(best, int(worth @ (here + y)))
    return best


def test_the_sampled_program_finds_the_best_of_all_plans(asked):
    problem = asked.problem
    worth, rates = worth_of(problem), np.full(len(problem.arcs), 0.5)
    uniforms = np.random.default_rng(5).random((3, 4))
    program = sampled_program(problem, rates, rates * 0.8, worth, uniforms)
    solution = engines.solve(program, in_process=True)
    fill = max(int(worth @ x) for x in plans(problem))
    come, able = (uniforms[:, problem.arcs.teacher] < r for r in (rates, rates * 0.8))
    best = max(sum(best_repair(problem, worth, x, c, a) for c, a in zip(come, able, strict=True))
               for x in plans(problem) if worth @ x == fill)
    found = {goal.name: goal for goal in solution.goals}
    assert found[NAME].best == best
    assert solution.status == "optimal"
    assert how_many(problem, rates, rates, uniforms, 10**6) == 3
    assert how_many(problem, rates, rates, uniforms, 0) < 3


def test_the_expected_program_finds_the_best_of_all_plans(asked):
    problem = asked.problem
    worth = worth_of(problem)
    model = Arrivals(uniform("0.6").rate, wish=Wish(first=uniform("1").rate * 9))
    rates = rates_of(model, problem, np.zeros(0, np.int64))
    solution = engines.solve(expected_program(problem, rates, worth), in_process=True)
    fill = max(int(worth @ x) for x in plans(problem))
    best = max(float(worth * rates @ x) for x in plans(problem) if worth @ x == fill)
    assert float(worth * rates @ solution.x[:len(problem.arcs)]) == pytest.approx(best, abs=0.01)


def test_the_new_goal_stands_behind_every_fill_goal(asked):
    weigh = [(Weight((policies.condition(f"need_id = {need}"),), weight),) for need, weight in (("N2", 3), ("N1", 2))]
    goals = (Goal("fill", weights=weigh[0]), Goal("points"), Goal("fill", weights=weigh[1]), Goal("shortfall"))
    problem = cases.inquiry(asked.instance, replace(asked.policy, goals=goals)).problem
    worth = worth_of(problem)
    assert dict(zip(problem.arcs.need.tolist(), worth.tolist(), strict=True)) == {0: 2, 1: 3}
    program = expected_program(problem, np.full(len(problem.arcs), 0.5), worth)
    assert [o.name for o in program.objectives] == ["fill", "points", "fill", NAME, "shortfall"]


def test_every_teacher_has_one_post_under_the_base_rules(asked):
    assert one_post_each(asked.problem)
    rules = tuple(r for r in asked.policy.rules if r.id != "one-post")
    assert not one_post_each(cases.inquiry(asked.instance, replace(asked.policy, rules=rules)).problem)


def test_those_who_would_come_are_placed_and_it_shows_on_fresh_draws(asked):
    model = Arrivals(uniform("0.5").rate, wish=Wish(first=uniform("1").rate * 30))
    problem = asked.problem
    unwished = problem.columns([("T3", "N1"), ("T1", "N2")])
    found = simulate(cases.inquiry(asked.instance, asked.policy, unwished), model, draws=3000, variant=True)
    assert found.variant.better
    assert found.variant.moved
    assert found.variant.worth.low > 0
    assert found.variant.filled.mean > found.variant.plain.mean
    assert found.to_dict()["variant"]["better"]


def test_no_better_plan_is_said_to_be_none(asked):
    found = simulate(asked, uniform("1"), draws=200, variant=True).variant
    assert not found.better
    assert (found.worth.mean, found.seats.mean) == (0, 0)
