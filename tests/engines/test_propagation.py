"""Bounds that rows imply: no whole x lost, and what is left is all that one row can say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from matching.engines import propagation
from matching.engines.propagation import Entries, implied, propagated
from matching.engines.system import system_of
from tests.engines.blocks import FREE
from tests.engines.test_bounds import programs
from tests.engines.tight import SETTINGS, system, tight_systems, whole


def _loses_nothing(before):
    after, every = propagated(before), whole(before)
    if after is None:
        assert not len(every)
        return
    assert whole(after).tolist() == every.tolist()
    assert np.all(after.lower >= before.lower)
    assert np.all(after.upper <= before.upper)


@SETTINGS
@given(tight_systems())
def test_no_whole_x_is_lost(tight):
    _loses_nothing(tight)


@SETTINGS
@given(programs())
def test_nor_of_looser_programs(program):
    _loses_nothing(system_of(program))


@SETTINGS
@given(tight_systems())
def test_where_nothing_moves_any_longer_every_row_can_still_be_met_at_every_bound(tight):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(propagation, "MOST_ROUNDS", 1000)
        left = propagated(tight)
    if left is None:
        return
    least, most = _reach(left)
    for row, values in enumerate(left.matrix.toarray()):
        width = np.abs(values) * (left.upper - left.lower)
        if values.any():
            assert np.all(least[row] + width <= left.row_upper[row])
            assert np.all(most[row] - width >= left.row_lower[row])


def _reach(system):
    """Return the least and the most that each row can come to."""
    low, high = system.matrix * system.lower, system.matrix * system.upper
    return low.minimum(high).sum(axis=1), low.maximum(high).sum(axis=1)


@pytest.mark.parametrize(("row", "lower", "upper", "left"), [
    ([2, 3], -FREE, 7, ([0, 0], [3, 2])),
    ([2, 3], 11, FREE, ([1, 2], [3, 3])),
    ([2, -3], 5, FREE, ([3, 0], [3, 0])),
    ([-2, 3], -FREE, -5, ([3, 0], [3, 0])),
    ([2, 3], 8, 8, ([1, 2], [1, 2])),
])
def test_a_row_leaves_to_each_column_what_the_others_leave(row, lower, upper, left):
    found = propagated(system([row], [lower], [upper], [0, 0], [3, 3]))
    assert (found.lower.tolist(), found.upper.tolist()) == left


def test_what_one_row_leaves_goes_on_to_the_next():
    """Who goes takes her seat, and so nobody else does."""
    found = propagated(system([[1, -1, 0], [0, 1, 1]], [0, -FREE], [0, 1], [0] * 3, [1] * 3).bounded(
        np.array([1, 0, 0]), np.ones(3, np.int64)))
    assert (found.lower.tolist(), found.upper.tolist()) == ([1, 1, 0], [1, 1, 0])


def test_none_is_left_where_a_row_cannot_be_met():
    assert propagated(system([[1, 1]], [3], [FREE], [0, 0], [1, 1])) is None


def test_none_is_left_where_rows_leave_a_column_nothing():
    assert propagated(system([[1, -1], [-1, 1]], [1, 1], [FREE, FREE], [0, 0], [1, 1])) is None


def test_a_program_without_entries_stays():
    empty = system([[0, 0]], [-FREE], [1], [0, 0], [1, 2])
    assert propagated(empty).upper.tolist() == [1, 2]


def test_rows_may_stand_more_than_once_each_with_bounds_of_its_own():
    """One row under two bounds of its columns: in the first it cannot be met, in the second it fixes both."""
    pair = system([[1, 1]], [2], [FREE], [0, 0], [1, 1])
    entries = Entries(*(np.array(v) for v in ([0, 0, 1, 1], [0] * 4, [0, 1] * 2, [1] * 4)))
    found = implied(pair, entries, np.zeros(4, np.int64), np.array([0, 1, 1, 1]))
    assert found.broken.tolist() == [True, True, False, False]
    assert found.lower.tolist()[2:] == [1, 1]
