"""Min-cost flow takes just the programs that are a pure network, and solves them as the default engine does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import engines
from matching.domain.findings import InputError
from matching.policy import load
from matching.problem import INFINITE, Objective, Program, RowLabel, compile
from tests.strategies import ALL, instances

BASE = load("base")
SETTINGS = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@st.composite
def networks(draw):
    """Arcs between a tree of teachers in schools and a tree of posts in counties, with bounds anywhere."""
    n = draw(st.integers(1, 8))
    teacher = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    need = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    rows, low, high = [], [], []
    for member in (*(teacher == t for t in range(4)), teacher < 2, *(need == k for k in range(4)), need % 2 == 0):
        rows.append(member.astype(np.int64))
        low.append(draw(st.sampled_from((-INFINITE, -INFINITE, 0, 1))))
        high.append(draw(st.sampled_from((1, 2, INFINITE))))
    costs = draw(st.lists(st.integers(-4, 9), min_size=n, max_size=n))
    goals = (Objective("fill", -np.ones(n, np.int64), -1), Objective("points", np.array(costs, np.int64)))
    labels = tuple(RowLabel(f"row-{k}", "plan") for k in range(len(rows)))
    return Program(n, sparse.csr_array(np.array(rows)), np.array(low, np.int64), np.array(high, np.int64),
                   np.zeros(n, np.int64), np.ones(n, np.int64), labels, goals)


def answer(program, engine):
    solution = engines.solve(program, engine=engine, in_process=True)
    return solution.status, [(g.name, g.best, g.bound) for g in solution.goals]


@SETTINGS
@given(networks())
def test_a_network_is_solved_as_highs_solves_it(program):
    assert answer(program, "mcf") == answer(program, "highs")


@SETTINGS
@given(instances(features=ALL - {"groups", "pairings"}))
def test_the_base_policy_where_it_is_a_network(instance):
    program = compile(instance, BASE).program
    if not engines.engine_of("mcf").refusals(program):
        assert answer(program, "mcf") == answer(program, "highs")


def test_rows_that_cross_in_three_ways_are_refused():
    rows = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], np.int64)
    ones = np.ones(3, np.int64)
    program = Program(3, sparse.csr_array(rows), -INFINITE * ones, ones, 0 * ones, ones,
                      tuple(RowLabel(f"r{k}", "plan") for k in range(3)), (Objective("fill", -ones, -1),))
    with pytest.raises(InputError, match="network"):
        engines.solve(program, engine="mcf")
    with pytest.raises(InputError, match="no pure network"):
        engines.solve(replace(program, matrix=sparse.csr_array(2 * rows)), engine="mcf")
