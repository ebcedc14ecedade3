"""A quick plan keeps the rules, and the bound beside it is never beaten."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.synthetic import make
from hypothesis import HealthCheck, given, settings

from matching import engines
from matching.engines.exact import is_feasible, value
from matching.engines.highs import Highs
from matching.engines.ledger import Ledger
from matching.engines.quick_plan import counted_bound, give_back, offer_quick_plan, quick_plan
from matching.engines.quick_rows import definition_of, sorted_rows, with_counts
from matching.engines.settings import Settings
from matching.policy import load
from matching.problem import compile
from tests.engines.blocks import FREE, block_programs, program
from tests.strategies import ALL, instances

SETTINGS = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
NATIONAL = load("national_10_20")


def hurried(one):
    ledger = Ledger(one)
    Highs().run(ledger, Settings(0, 1, time.monotonic()))
    return ledger


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_whole_policy_with_shares_floors_couples_and_a_budget(seed):
    one = compile(*make("S", seed)).program
    rows = sorted_rows(one)
    x = quick_plan(one, rows)
    assert is_feasible(one, x)
    best = engines.solve(replace(one, objectives=one.objectives[:1]), in_process=True, workers=1).goals[0].best
    fill = -int(one.objectives[0].cost @ x)
    assert 0.85 * best <= fill <= best <= -counted_bound(one, rows)


def test_without_time_there_is_a_plan_and_its_gap():
    ledger = hurried(compile(*make("S", 1)).program)
    goal = ledger.outcomes()[0]
    assert 0 < goal.best <= goal.bound < 2 * goal.best


@SETTINGS
@given(instances(features=ALL))
def test_what_is_offered_is_a_plan_and_the_bound_holds(instance):
    one = compile(instance, NATIONAL).program
    ledger = Ledger(one)
    offer_quick_plan(ledger)
    best = engines.solve(one, engine="cpsat", in_process=True, workers=1)
    assert ledger.x is None or is_feasible(one, ledger.x)
    if best.goals:
        goal = one.objectives[0]
        assert ledger.bounds[0] <= goal.sense * best.goals[0].best


@SETTINGS
@given(block_programs(share=True))
def test_programs_of_any_kind(one):
    ledger = Ledger(one)
    offer_quick_plan(ledger)
    best = engines.solve(one, engine="cpsat", in_process=True, workers=1)
    if best.goals:
        assert ledger.bounds[0] <= best.goals[0].best


def test_helpers_make_room_first():
    """One of three seats is for a helper, who is dear; without one, two are filled."""
    rows = [[1, 0, 0, 1, 0], [0, 1, 0, 0, 1], [0, 0, 1, 0, 0], [1, 1, 1, -1, -1]]
    one = program(rows, [-FREE] * 4, [1, 1, 1, 2], [[-1] * 5, [0, 0, 0, 9, 9]], 5)
    sorted_ = sorted_rows(one)
    assert sorted_.helper.tolist() == [False, False, False, True, True]
    x = quick_plan(one, sorted_)
    assert is_feasible(one, x)
    assert x.sum() == 3


def test_a_sum_is_kept_to_by_what_is_worth_least_and_no_floor_is_broken():
    rows = [[1, 1, 0, 0], [0, 0, 1, 1], [3, 3, 3, 3]]
    one = program(rows, [1, -FREE, -FREE], [2, 2, 7], [[-1, -2, -5, -4]], 4)
    assert quick_plan(one, sorted_rows(one)).tolist() == [0, 1, 1, 0]


def test_nobody_is_taken_out_who_goes_with_others():
    """The couple is worth least, but the one would be left without the other."""
    one = program([[1, -1, 0, 0], [5, 5, 5, 5]], [0, -FREE], [0, 15], [[-1, -1, -2, -3]], 4)
    arcs = np.ones(4, np.int64)
    give_back(sorted_rows(one), arcs, one.objectives[0].cost)
    assert arcs.tolist() == [1, 1, 0, 1]


@pytest.mark.parametrize("seed", range(1, 4))
def test_columns_behind_a_plans_arcs_are_as_much_as_they_may_count(seed):
    one = compile(*make("S", seed)).program
    x = engines.solve(one, in_process=True, workers=1).x
    counted = with_counts(one, definition_of(one), x[:one.n_arcs])
    assert is_feasible(one, counted)
    assert [value(goal, counted) for goal in one.objectives] == [value(goal, x) for goal in one.objectives]


def test_what_it_cannot_read_is_left_alone(knapsack):
    unread = program([[1, 1, 1]], [1], [2], [[0, 0, 5]], 2, [1, 1, 4])
    assert sorted_rows(unread) is None
    assert definition_of(unread) is None
    ledger = Ledger(unread)
    offer_quick_plan(ledger)
    assert ledger.x is None
    assert sorted_rows(replace(knapsack, lower=np.array([0, 1, 0]))) is None


def test_a_row_that_not_even_nothing_keeps_is_said_to_be_infeasible():
    one = program([[1, 1, 0], [0, 0, 1], [2, -1, 1]], [FREE, FREE, FREE], [-1, 1, 1], [[-1, -1, -1]], 3)
    assert quick_plan(one, sorted_rows(one)) is None
    assert engines.solve(one, in_process=True, time_limit=30).status == "infeasible"


def test_without_a_deadline_nothing_is_done_in_a_hurry(monkeypatch, knapsack):
    monkeypatch.setattr("matching.engines.highs.offer_quick_plan", lambda ledger: pytest.fail("in a hurry"))
    assert Highs().run(Ledger(knapsack), Settings(0, 1, math.inf)) == "done"
