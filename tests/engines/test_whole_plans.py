"""Whole plans of the parts at prices: bounds of the whole, and better plans of it."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.engines.couplings import couplings
from matching.engines.exact import is_feasible
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines.side_by_side import one_by_one
from matching.engines.split import split
from matching.engines.whole_plans import WholePlans
from tests.engines.blocks import FREE, block_programs, program

LINKED = st.booleans().flatmap(lambda share: block_programs(share=share))


def optimum(one):
    return engines.solve(one, engine="cpsat", in_process=True, workers=1)


def bettered(ledger, prices, deadline=math.inf, seconds=0.0):
    """The bounds that are told while a ledger's plan is bettered."""
    halves, told = split(ledger.program), []
    found = couplings(halves, np.zeros(ledger.program.n_columns))
    work = WholePlans(ledger, halves, found, Settings(0, 1, deadline), one_by_one, seconds)
    work.better(np.full(len(found.upper) + ledger.goal, prices), told.append)
    return told


@settings(deadline=None, max_examples=40)
@given(LINKED, st.floats(0, 4))
def test_bounds_hold_and_plans_only_get_better(one, price):
    one = replace(one, objectives=one.objectives[:1])
    best = optimum(one)
    assume(best.status == "optimal" and len(split(one).parts) > 1)
    ledger = Ledger(one)
    some = engines.solve(replace(one, objectives=(replace(one.objectives[0], cost=np.zeros_like(best.x)),)),
                         engine="cpsat", in_process=True, workers=1)
    ledger.offer(some.x)
    before = ledger.values
    told = bettered(ledger, price)
    assert is_feasible(one, ledger.x)
    assert ledger.values <= before
    assert all(bound + one.objectives[0].constant <= best.goals[0].best for bound in told)


def odd():
    """Three blocks in each of which seats for three halves a pair leave room for one."""
    rows = np.kron(np.eye(3), [2, 2, 2])
    return program(np.vstack([rows, [3, 2, 1] * 3]), [-FREE] * 4, [3, 3, 3, 6], [(-3, -2, -1) * 3], 9)


def test_what_whole_numbers_cost_within_the_parts_is_in_the_bound():
    one = odd()
    ledger = Ledger(one)
    ledger.offer(np.zeros(9, np.int64))
    told = bettered(ledger, 1.0)
    assert max(told) == Fraction(-6)
    assert ledger.values == (-6 + 3,)


def test_a_goal_that_is_done_stays_as_good():
    one = odd()
    one = replace(one, objectives=(one.objectives[0], replace(one.objectives[0], cost=np.array([5, 1, 1] * 3))))
    ledger = Ledger(one)
    ledger.offer(np.array([1, 0, 0, 1, 0, 0, 0, 0, 0]))
    ledger.close()
    told = bettered(ledger, 2.0)
    assert ledger.values == (-3, 3 + 3)
    assert max(told) <= 3


def test_none_is_begun_where_time_is_short():
    one = odd()
    ledger = Ledger(one)
    ledger.offer(np.zeros(9, np.int64))
    assert bettered(ledger, 1.0, time.monotonic() + 60, 120.0) == []
    assert ledger.values == (3,)
