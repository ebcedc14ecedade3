"""Cuts by rounding: no whole x lost, whatever is added up, divided by whatever, near whatever point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import rounding
from matching.engines.rounding import Combinations, cuts_of, joined, nearest_of, sides_of
from tests.engines.blocks import FREE
from tests.engines.tight import SETTINGS, holds, system, tight_systems, whole


def sums(*found):
    """Return the sums ``{row: times}`` with their divisors."""
    number = np.repeat(np.arange(len(found)), [len(terms) for terms, _ in found])
    rows = [row for terms, _ in found for row in terms]
    times = [count for terms, _ in found for count in terms.values()]
    return Combinations(number, *(np.array(v, np.int64) for v in (rows, times, [divisor for _, divisor in found])))


@st.composite
def points_and_sums(draw):
    """A system, some point within its bounds or a little beyond, and up to six sums of any of its rows."""
    tight = draw(tight_systems())
    shares = draw(st.lists(st.integers(-1, 13), min_size=tight.n_columns, max_size=tight.n_columns))
    x = tight.lower + np.array(shares) / 12 * (tight.upper - tight.lower)
    terms = st.dictionaries(st.integers(0, tight.n_rows - 1), st.integers(-12, 12), min_size=1, max_size=4)
    found = draw(st.lists(st.tuples(terms, st.integers(1, 12)), min_size=1, max_size=6))
    return tight, x, sums(*found)


@SETTINGS
@given(points_and_sums())
def test_no_whole_x_is_lost_to_any_sum_whether_the_point_violates_its_cut_or_not(drawn):
    tight, x, combinations = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounding, "VIOLATED", -np.inf)
        patch.setattr(rounding, "ALIKE", 2)
        cuts = cuts_of(tight, x, combinations)
    assert holds(cuts.matrix, cuts.lower, whole(tight)).all()


@SETTINGS
@given(points_and_sums())
def test_the_point_violates_each_cut_the_first_most(drawn):
    tight, x, combinations = drawn
    cuts = cuts_of(tight, x, combinations)
    rows = cuts.matrix.toarray()
    depth = (cuts.lower - rows @ x) / np.linalg.norm(rows, axis=1)
    assert np.all(depth >= 0.9 * rounding.VIOLATED)
    assert np.all(np.diff(depth) <= 1e-9)
    assert len(np.unique(rows, axis=0)) == len(rows)
    assert np.all(np.isin(cuts.number, np.arange(len(combinations.divisor))))


@SETTINGS
@given(points_and_sums())
def test_each_cut_is_told_of_which_sum_it_was_made(drawn):
    tight, x, combinations = drawn
    cuts = cuts_of(tight, x, combinations)
    for row, lower, number in zip(cuts.matrix.toarray(), cuts.lower, cuts.number, strict=True):
        mine = combinations.number == number
        alone = Combinations(np.zeros(mine.sum(), np.int64), combinations.row[mine], combinations.times[mine],
                             combinations.divisor[[number]])
        again = cuts_of(tight, x, alone)
        assert (again.matrix.toarray().tolist(), again.lower.tolist()) == ([row.tolist()], [lower])


def test_one_in_five_of_seven_is_two():
    """Seven placed, one in five of them backbone: ``placed >= 7`` and ``placed - 5 backbone <= 0``."""
    share = system([[1, 0], [1, -5]], [7, -FREE], [FREE, 0], [0, 1], [9, 9])
    cuts = cuts_of(share, np.array([7.0, 1.4]), sums(({0: 4, 1: 1}, 5)))
    assert (cuts.matrix.toarray().tolist(), cuts.lower.tolist()) == ([[0, 1]], [2])


def test_three_that_exclude_each_other_are_one():
    cycle = system([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [-FREE] * 3, [1] * 3, [-1] * 3, [1] * 3)
    cuts = cuts_of(cycle, np.full(3, 0.5), sums(({0: 1, 1: 1, 2: 1}, 2)))
    assert (cuts.matrix.toarray().tolist(), cuts.lower.tolist()) == ([[-1, -1, -1]], [-1])


def test_a_sum_with_a_row_without_bounds_gives_no_cut():
    cycle = system([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [-FREE] * 3, [1, 1, FREE], [-1] * 3, [1] * 3)
    found = sums(({0: 1, 1: 1, 2: 1}, 2))
    assert cuts_of(cycle, np.full(3, 0.5), found).matrix.shape == (0, 3)


def test_without_sums_there_are_no_cuts():
    cycle = system([[1, 1, 0]], [-FREE], [1], [-1] * 3, [1] * 3)
    assert cuts_of(cycle, np.full(3, 0.5), sums()).lower.tolist() == []


def test_joined_sums_are_numbered_through():
    both = joined(sums(({0: 1, 1: 1}, 2), ({2: 1}, 2)), sums(({3: 2}, 5)))
    assert [v.tolist() for v in both] == [[0, 0, 1, 2], [0, 1, 2, 3], [1, 1, 1, 2], [2, 2, 5]]


def test_a_row_is_taken_by_the_side_that_is_nearest():
    rows = system([[1, 1], [1, 0], [0, 1]], [1, -FREE, -FREE], [2, 1, FREE], [0, 0], [2, 2])
    sides = sides_of(rows, np.array([1.0, 0.25]))
    assert sides.sign.tolist()[:2] == [-1, 1]
    assert sides.bound.tolist()[:2] == [-1, 1]
    assert sides.slack.tolist() == [0.25, 0, np.inf, np.inf]


def test_a_column_is_counted_from_the_bound_that_is_nearest():
    columns = system([[1, 1]], [-FREE], [9], [0, 0], [2, 3])
    nearest = nearest_of(columns, np.array([1.5, 1.0]))
    assert nearest.is_upper.tolist() == [True, False]
    assert nearest.bound.tolist() == [2, 0]
    assert nearest.distance.tolist() == [0.5, 1]
