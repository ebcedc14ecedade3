"""Capacity cuts: no whole plan lost, and fractions of a unit cut off."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.engines.capacity import capacities_of, separate
from matching.engines.system import System
from matching.problem import INFINITE


def _system(rows, lower, upper, column_upper):
    n_columns = len(column_upper)
    return System(sparse.csr_array(np.array(rows, np.int64).reshape(-1, n_columns)), np.array(lower, np.int64),
                  np.array(upper, np.int64), np.zeros(n_columns, np.int64), np.array(column_upper, np.int64),
                  np.zeros(len(rows), np.int64), 0)


@st.composite
def capacity_systems(draw):
    """Up to six columns of people in up to three sets of seats, units of capacity of their own or among them."""
    people = draw(st.integers(2, 6))
    sets = draw(st.lists(st.integers(0, 2), min_size=people, max_size=people))
    own_units = draw(st.booleans())
    n_columns = people + own_units
    upper = [draw(st.integers(1, 2)) for _ in range(people)] + [4] * own_units
    rows = [[int(s == k) for s in sets] + [0] * own_units for k in range(3)]
    room = [draw(st.integers(1, 3)) for _ in range(3)]
    factor = draw(st.integers(1, 3))
    divisor = draw(st.integers(factor + 1, 7))
    counts = [-divisor if not own_units and k < people // 2 and draw(st.booleans()) else factor for k in range(people)]
    rows.append(counts + [-divisor] * own_units)
    constant = draw(st.integers(0, 3))
    if draw(st.booleans()):
        rows[-1] = [-v for v in rows[-1]]
        return _system(rows, [-INFINITE] * 3 + [-constant], [*room, INFINITE], upper), n_columns
    return _system(rows, [-INFINITE] * 4, [*room, constant], upper), n_columns


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(capacity_systems(), st.lists(st.floats(0, 2), min_size=7, max_size=7))
def test_every_whole_plan_meets_every_cut(drawn, point):
    system, n_columns = drawn
    x = np.minimum(np.array(point[:n_columns]), system.upper)
    matrix, lower, _ = separate(capacities_of(system), x, 1e-3)
    assert np.all(matrix @ x < lower)
    plans = (np.array(y, np.int64) for y in product(*(range(u + 1) for u in system.upper)))
    assert all(np.all(matrix @ y >= lower) for y in plans if system.admits(y))


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(capacity_systems(), st.lists(st.floats(0, 2), min_size=7, max_size=7))
def test_a_cut_loses_no_whole_plan_where_only_rows_that_it_is_not_made_of_are_free(drawn, point):
    system, n_columns = drawn
    found = separate(capacities_of(system), np.minimum(np.array(point[:n_columns]), system.upper), 1e-3)
    plans = [np.array(y, np.int64) for y in product(*(range(u + 1) for u in system.upper))]
    for k, rows in enumerate(found.made_of):
        free = np.setdiff1d(np.arange(system.n_rows), rows)
        row_lower, row_upper = system.row_lower.copy(), system.row_upper.copy()
        row_lower[free], row_upper[free] = -INFINITE, INFINITE
        looser = replace(system, row_lower=row_lower, row_upper=row_upper)
        assert all((found.matrix[[k]] @ y)[0] >= found.lower[k] for y in plans if looser.admits(y))


def test_seventeen_placed_call_for_four_and_not_for_three_and_two_fifths():
    share = [[1] * 17 + [-5]]
    system = _system(share, [-INFINITE], [0], [1] * 17 + [9])
    x = np.append(np.ones(17), 3.4)
    matrix, lower, _ = separate(capacities_of(system), x, 1e-3)
    assert matrix.toarray().tolist() == [[-1] * 17 + [2]]
    assert lower.tolist() == [2 * 4 - 17]


def test_of_any_three_filled_seats_one_calls_for_a_backbone_teacher():
    """Eight seats, two teachers at most unless one of them is backbone: the first column is."""
    school = [[-5] + [1] * 8, *np.eye(9, dtype=int)[1:].tolist()]
    school[1][0] = 1
    system = _system(school, [-INFINITE] * 9, [2] + [1] * 8, [1] * 9)
    x = np.array([0.2, 0.8, 1, 1, 0, 0, 0, 0, 0])
    matrix, lower, _ = separate(capacities_of(system), x, 1e-3)
    assert matrix.toarray().tolist() == [[0, -1, -1, -1, 0, 0, 0, 0, 0]]
    assert lower.tolist() == [-2]



def test_seats_of_which_there_are_fewer_than_none_raise_nothing():
    """Where no plan exists anyhow, as in trying out limits: a root of their number was taken."""
    system = _system([[2, -3], [1, 1]], [1, -INFINITE], [3, -2], [2, 1])
    with np.errstate(all="raise"):
        matrix, lower, _ = separate(capacities_of(system), np.array([0.5, 0.5]), 1e-3)
    assert matrix.shape[0] == len(lower)


def test_what_may_be_negative_makes_room_and_is_no_seat():
    """x1 + x2 <= 0 leaves x2 a place where x1 is -1: it is no set of no seats."""
    system = replace(_system([[0, 1, 1], [-2, 0, 1]], [0, -INFINITE], [0, -1], [1, 1, 1]), lower=np.array([0, -1, 0]))
    matrix, lower, _ = separate(capacities_of(system), np.array([0.5, 0.0, 0.0]), 1e-3)
    assert np.all(matrix @ np.array([1, -1, 1]) >= lower)
