"""Goals in one cost: the one at work outweighs the others, and none makes it so large that the last is lost in it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engines.blending import LARGEST, WEIGHT, blend, weights


def costs(most_goals=6):
    cost = st.lists(st.integers(-2000, 2000), min_size=5, max_size=5).map(np.array)
    return st.lists(cost, min_size=1, max_size=most_goals)


@given(costs())
def test_each_that_weighs_anything_outweighs_all_after_it(goals):
    given = weights(goals)
    assert given[0] * given[-1]
    for k, weight in enumerate(given[:-1]):
        after = np.abs(sum(w * goal for w, goal in zip(given[k + 1:], goals[k + 1:], strict=True))).max()
        assert weight == 0 or weight == WEIGHT * max(1, after)


@given(costs())
def test_no_goal_between_makes_the_blend_too_large(goals):
    given = weights(goals)
    assert not any(given[1:-1]) or np.abs(blend(goals)).max() <= LARGEST


def test_of_many_goals_some_between_are_left_out():
    """Five goals, each of ones, under points of 1,629: all five come to some sixty million."""
    points, counted = np.array([-7, 1629]), np.array([0, 1])
    assert weights([counted] * 4 + [points]) == [16290 * 11, 0, 0, 16290, 1]
    assert weights([counted] * 2 + [points]) == [16290 * 11, 16290, 1]


def test_where_doubles_would_not_tell_the_last_apart_the_first_stands_alone():
    costs = [np.array([10**6]), np.array([10**3])]
    assert weights(costs) == [1, 0]
    assert blend(costs).tolist() == [10**6]


def test_goals_too_large_for_64_bits_together_are_left_out():
    huge, points = np.array([10**9, 0]), np.array([-10**9, 7])
    assert weights([np.array([0, 1]), huge, points]) == [1, 0, 0]
    assert weights([huge, huge, np.array([0, 1]), points]) == [1, 0, 0, 0]
