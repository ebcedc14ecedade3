"""Sums of classes of columns: what rounding them adds cuts off no whole x, and does cut off what it is for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import class_sums
from matching.engines.class_sums import rounded_sums
from tests.engines.blocks import FREE
from tests.engines.tight import SETTINGS, holds, system, tight_systems, whole


def reach_of(tight):
    """Return the least of a sum over the whole points: no relaxation leaves less than it must."""
    every = whole(tight)
    return lambda direction: Fraction(int((every @ direction).min())) if len(every) else None


@SETTINGS
@given(tight_systems(), st.data())
def test_no_whole_x_is_lost(tight, data):
    shares = data.draw(st.lists(st.integers(0, 12), min_size=tight.n_columns, max_size=tight.n_columns))
    x = tight.lower + np.array(shares) / 12 * (tight.upper - tight.lower)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_sums, "FEWEST_ENTRIES", 2)
        found = rounded_sums(tight, x, np.ones(tight.n_rows), reach_of(tight))
    assert holds(found.matrix, found.lower, whole(tight)).all()


def budget():
    """Eleven seats at 5 and nine at 6, for 80 at the most; eight of the nine are always filled, and no more."""
    cheap, dear = [1] * 11 + [0] * 9, [0] * 11 + [1] * 9
    rows = [[5 * c + 6 * d for c, d in zip(cheap, dear, strict=True)], dear, cheap]
    return system(rows, [-FREE, 8, -FREE], [80, 8, FREE], [0] * 20, [1] * 20)


def test_what_is_left_of_a_budget_for_equal_seats_is_rounded_down():
    x = np.r_[np.full(11, 6.4 / 11), np.full(9, 8 / 9)]
    found = rounded_sums(budget(), x, np.ones(4), lambda direction: Fraction(8 * int(direction[11:].sum()), 9))
    assert found.matrix.toarray().tolist() == [[-1] * 11 + [0] * 9]
    assert found.lower.tolist() == [-6]


def test_a_sum_of_unknown_reach_lies_between_its_columns_bounds():
    x = np.r_[np.full(11, 6.4 / 11), np.full(9, 8 / 9)]
    assert len(rounded_sums(budget(), x, np.ones(4), lambda direction: None).lower) == 0


def test_a_row_with_two_broken_sums_says_nothing():
    x = np.r_[np.full(11, 6.64 / 11), np.full(9, 7.8 / 9)]
    assert len(rounded_sums(budget(), x, np.ones(4), lambda direction: Fraction(0)).lower) == 0


def test_what_a_share_leaves_is_rounded_down_where_one_column_counts_those_who_are_scarce():
    """At least 7 of 20 of those placed, of whom no more than three can be had: eight are placed, not 8.57."""
    row = [-7] * 25 + [20]
    x = np.r_[np.full(25, 60 / 7 / 25), 3]
    found = rounded_sums(system([row], [0], [FREE], [0] * 26, [1] * 25 + [9]), x, np.ones(2),
                         lambda direction: Fraction(3 * int(direction[25])))
    assert found.matrix.toarray().tolist() == [[-1] * 25 + [0]]
    assert found.lower.tolist() == [-8]
