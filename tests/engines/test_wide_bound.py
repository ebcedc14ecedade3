"""Bounds over all pairs of a wide problem."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.synthetic import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.engines import wide_bound
from matching.engines.wide_bound import Terms, first_arcs, search
from matching.engines.wide_network import network_of
from matching.engines.wide_prices import Priced, Prices
from matching.policy import replace
from matching.problem import compile
from matching.problem.wide import wide
from tests.policies import random_policies
from tests.strategies import instances

ENDLESS = Terms(math.inf)
NETWORK_ONLY = {"backbone-share": False, "backbone-share-county": False, "backbone-school": False, "budget": False,
                "group": False}


def priced_of(made, policy):
    whole = wide(made, policy)
    degree = np.diff(whole.arcs.start)
    return Priced(whole, network_of(whole.blocks, degree, whole.arcs.n_needs))


def prices_of(priced, goal=0, goals=(), scale=60):
    return Prices(scale, goal, goals, priced.no_prices(), np.zeros(priced.network.n_nodes, np.int64))


def least(made, policy):
    """The least cost of the first goal's arcs that any plan has."""
    problem = compile(made, policy)
    found = engines.solve(problem.program, engine="cpsat", in_process=True, workers=1)
    return None if found.x is None else int(problem.program.objectives[0].cost @ found.x), found.status


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bound_of_a_pure_network_is_its_optimum(seed):
    made, policy = make("S", seed)
    policy = replace(policy, NETWORK_ONLY)
    priced = priced_of(made, policy)
    found = search(priced, prices_of(priced), (), first_arcs(priced, 0), ENDLESS)
    assert (found.scan.bound, "optimal") == least(made, policy)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_bound_from_few_pairs_is_the_bound_from_all(seed, monkeypatch):
    made, policy = make("S", seed)
    policy = replace(policy, NETWORK_ONLY)
    priced = priced_of(made, policy)
    whole = search(priced, prices_of(priced), (), first_arcs(priced, 0), ENDLESS)
    for name, value in {"FIRST": 60, "CORE": 400, "ADDED": 60}.items():
        monkeypatch.setattr(wide_bound, name, value)
    few = search(priced, prices_of(priced), (), first_arcs(priced, 0), Terms(math.inf, rounds=60))
    assert few.rounds > 1
    assert few.scan.bound == whole.scan.bound


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_rows_that_are_paid_for_the_bound_is_near_and_never_above(seed):
    made, policy = make("S", seed, budget="tight")
    priced = priced_of(made, policy)
    found = search(priced, prices_of(priced), (), first_arcs(priced, 0), ENDLESS)
    value, status = least(made, policy)
    assert status == "optimal"
    assert 1.1 * value <= found.scan.bound <= value


def test_a_goal_is_bounded_within_the_limit_of_the_one_before():
    made, policy = make("S", 1)
    priced = priced_of(made, policy)
    program = compile(made, policy).program
    done = engines.solve(program, in_process=True)
    fill, points = (int(goal.cost @ done.x) for goal in program.objectives)
    found = search(priced, prices_of(priced, 1, (4 * 500,), 4), (fill,), first_arcs(priced, 0), ENDLESS)
    assert 0.5 * points <= found.scan.bound <= points


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(instances(), random_policies(), st.data())
def test_whatever_is_paid_no_plan_costs_less(made, policy, data):
    if any(goal.kind == "fair" for goal in policy.goals):
        return
    priced = priced_of(made, policy)
    value, status = least(made, policy)
    if status != "optimal" or not len(priced.wide.arcs):
        return
    number = st.integers(-50, 50)
    rows = []
    for block in priced.blocks:
        drawn = np.array(data.draw(st.lists(number, min_size=len(block.upper), max_size=len(block.upper))), np.int64)
        rows.append(np.clip(drawn, np.where(block.lower <= -(2**60), 0, -50), np.where(block.upper >= 2**60, 0, 50)))
    n = priced.network.n_nodes
    potential = np.array(data.draw(st.lists(number, min_size=n, max_size=n)), np.int64)
    if not compile(made, policy).program.objectives[0].cost[len(priced.wide.arcs):].any():
        assert priced.scan(Prices(7, 0, (), tuple(rows), potential), ()).bound <= value


def test_out_of_time_there_is_nothing():
    made, policy = make("S", 1)
    priced = priced_of(made, policy)
    assert search(priced, prices_of(priced), (), first_arcs(priced, 0), Terms(-math.inf)) is None
