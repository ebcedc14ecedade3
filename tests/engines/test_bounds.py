"""Certificates, lifting and the ledger on small random programs, held against enumeration."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.engines.certificate import certify
from matching.engines.exact import is_feasible, round_up, slack_units, step, value
from matching.engines.ledger import Ledger
from matching.engines.lifting import lift
from matching.engines.system import system_of
from matching.problem import INFINITE, Objective, Program, RowLabel

SETTINGS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@st.composite
def programs(draw):
    """Up to six 0-1 columns, up to five rows of small numbers, two goals."""
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    numbers = st.lists(st.integers(-3, 3), min_size=n, max_size=n)
    matrix = np.array([draw(numbers) for _ in range(m)], np.int64)
    lower = np.array([draw(st.sampled_from((-INFINITE, -2, 0, 1))) for _ in range(m)], np.int64)
    upper = np.array([draw(st.sampled_from((INFINITE, 3, 2, 1))) for _ in range(m)], np.int64)
    goals = tuple(Objective(name, np.array(draw(numbers), np.int64)) for name in ("shortfall", "points"))
    labels = tuple(RowLabel(f"rule-{k % 2}", str(k)) for k in range(m))
    zero = np.zeros(n, np.int64)
    return Program(n, sparse.csr_array(matrix), lower, upper, zero, zero + 1, labels, goals)


def plans(program):
    """Every feasible plan."""
    every = (np.array(x, np.int64) for x in product((0, 1), repeat=program.n_columns))
    return [x for x in every if is_feasible(program, x)]


@SETTINGS
@given(programs(), st.lists(st.floats(-5, 5), min_size=7, max_size=7))
def test_a_certificate_bounds_every_plan_whatever_the_prices(program, prices):
    system = system_of(program)
    padded = np.resize(np.array(prices), system.n_rows)
    for k, goal in enumerate(program.objectives):
        bound = certify(system, system.cost(k), padded).bound
        assert all(bound <= int(goal.cost @ x) for x in plans(program))


@SETTINGS
@given(programs())
def test_lifting_keeps_what_is_feasible_and_what_it_costs(program):
    extension = lift(system_of(program), program.n_arcs)
    system = extension.system
    for x in (np.array(x, np.int64) for x in product((0, 1), repeat=program.n_columns)):
        wide = extension.extend(x)
        rows = system.matrix @ wide
        holds = bool(np.all(rows >= system.row_lower) and np.all(rows <= system.row_upper)
                     and np.all(wide >= system.lower) and np.all(wide <= system.upper))
        assert holds == is_feasible(program, x)
        if holds:
            assert [int(system.cost(k) @ wide) for k in range(2)] == [int(g.cost @ x) for g in program.objectives]


@SETTINGS
@given(programs(), st.randoms(use_true_random=False))
def test_a_ledger_replayed_is_the_same_ledger(program, random):
    events = []
    ledger, copy = Ledger(program, events.append), Ledger(program)
    offers = [np.array([random.randint(0, 1) for _ in range(program.n_columns)], np.int64) for _ in range(8)]
    for x in offers:
        ledger.offer(x)
        ledger.raise_bound(ledger.goal, random.randint(-9, 0))
    if ledger.x is not None:
        ledger.close()
    for event in events:
        copy.replay(event)
    assert (copy.values, copy.bounds, copy.goal) == (ledger.values, ledger.bounds, ledger.goal)
    if ledger.x is not None:
        feasible = [tuple(value(g, x) for g in program.objectives) for x in offers if is_feasible(program, x)]
        assert ledger.values == min(feasible)
        assert is_feasible(program, ledger.x)


def test_bounds_round_up_to_the_costs_step():
    cost = np.array([4, 6, -2], np.int64)
    assert step(cost) == 2
    assert round_up(Fraction(7, 2), cost) == 4
    assert round_up(4.0000001, cost) == 4
    assert round_up(4.1, cost) == 6


def test_slack_is_rounded_down():
    goal = Objective("fill", np.ones(1, np.int64), -1, 0, Fraction(5, 2), True)
    assert slack_units(goal, -90) == 2
    assert slack_units(Objective("fill", np.ones(1, np.int64), -1, 0, Fraction(7, 2)), -90) == 3


def test_a_row_of_one_negative_number_keeps_its_side():
    zero = np.zeros(1, np.int64)
    matrix = sparse.csr_array(np.array([[-3]], np.int64))
    program = Program(1, matrix, np.array([-INFINITE]), np.array([3]), zero, zero + 1, (RowLabel("rule", "plan"),),
                      (Objective("fill", zero - 1, -1),))
    system = system_of(program)
    assert (system.matrix.toarray()[0, 0], system.row_upper[0]) == (-1, 1)
