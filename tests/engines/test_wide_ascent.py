"""Prices of rows and goals before, raised until the bound is about as high as any prices make it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.synthetic import make
from scipy import sparse
from scipy.optimize import linprog

from matching.engines.wide_ascent import Ascent
from matching.engines.wide_bound import Terms, first_arcs, search
from matching.engines.wide_network import network_of
from matching.engines.wide_prices import Priced, Prices
from matching.policy import replace
from matching.problem import INFINITE, compile
from matching.problem.wide import wide

PRICED = {"backbone-school": False, "group": False}
TERMS = Terms(math.inf, close=1e-4, steer_goals=True)


@pytest.fixture(scope="module")
def medium():
    made, policy = make("M", 1)
    policy = replace(policy, PRICED)
    whole = wide(made, policy)
    priced = Priced(whole, network_of(whole.blocks, np.diff(whole.arcs.start), whole.arcs.n_needs))
    return priced, compile(made, policy).program


def relaxed(program, goal, limits=()):
    """The least cost of a goal where half a teacher may be placed, those before it within their limits.

    The bound over all pairs may be above it by what is gained in rounding a budget to whole amounts.
    """
    held = [sparse.csr_array(program.objectives[k].cost[None, :]) for k in range(len(limits))]
    matrix = sparse.csr_array(sparse.vstack([program.matrix, *held]))
    low = np.concatenate([program.row_lower, np.full(len(limits), -INFINITE)])
    high = np.concatenate([program.row_upper, np.array(limits, np.int64)])
    above, below = np.flatnonzero(high < INFINITE), np.flatnonzero(low > -INFINITE)
    bounds = np.column_stack([program.lower, program.upper])
    return linprog(program.objectives[goal].cost, A_ub=sparse.vstack([matrix[above], -matrix[below]]),
                   b_ub=np.concatenate([high[above], -low[below]]), bounds=bounds, method="highs").fun


def begun(priced, goal, goals, scale):
    return Prices(scale, goal, goals, priced.no_prices(), np.zeros(priced.network.n_nodes, np.int64))


def test_the_bound_of_the_first_goal_is_that_of_the_relaxation(medium):
    priced, program = medium
    found = search(priced, begun(priced, 0, (), 600), (), first_arcs(priced, 0), TERMS)
    best = relaxed(program, 0)
    assert best - 1e-3 * abs(best) <= float(found.scan.bound) <= best + 1e-4 * abs(best)


def test_the_bound_of_the_second_is_too_with_the_first_a_little_below_its_best(medium):
    priced, program = medium
    limit = math.ceil(0.99 * relaxed(program, 0))
    found = search(priced, begun(priced, 1, (1000,), 8), (limit,), first_arcs(priced, 0), TERMS)
    best = relaxed(program, 1, (limit,))
    assert best - 5e-3 * abs(best) <= float(found.scan.bound) <= best + 1e-3 * abs(best)


def test_what_flows_came_to_is_known_to_the_next_search(medium):
    priced, _ = medium
    seen = []
    search(priced, begun(priced, 0, (), 60), (), first_arcs(priced, 0), TERMS, seen)
    before = len(seen)
    assert before > 1
    search(priced, begun(priced, 1, (1000,), 8), (0,), first_arcs(priced, 0), Terms(math.inf, rounds=2), seen)
    assert len(seen) > before
    assert all(totals.goals[0] <= 0 for totals in seen)


def test_nothing_broken_and_nothing_priced_leaves_all_as_it_is(medium):
    priced, _ = medium
    prices = begun(priced, 0, (), 60)
    ascent = Ascent(priced, [], (), False, 1e-4)
    assert not ascent.done
    same = ascent.next(prices, np.zeros(0, np.int64))
    assert all(not row.any() for row in same.rows)
    assert ascent.done
