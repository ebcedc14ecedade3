"""Bounds changed, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engines.change import Change, between, changed, tightens, without
from tests.engines.blocks import program


def small():
    return program([[1, 1, 0], [0, 1, 1]], [0, 0], [1, 1], [[-1, -1, -1]], 3)


def ints(*values):
    return np.array(values, np.int64)


def test_a_column_left_out_can_only_be_zero():
    before = small()
    after = changed(before, without(ints(1)))
    assert after.upper.tolist() == [1, 0, 1]
    assert before.upper.tolist() == [1, 1, 1]
    assert after.matrix is before.matrix


def test_a_row_gets_the_bounds_that_are_given():
    after = changed(small(), Change(rows=ints(0), row_lower=ints(1), row_upper=ints(2)))
    assert (after.row_lower.tolist(), after.row_upper.tolist()) == ([1, 0], [2, 1])


def test_what_only_tightens_is_told_from_what_loosens():
    before = small()
    assert tightens(before, changed(before, without(ints(0, 2))))
    assert tightens(before, before)
    assert not tightens(before, changed(before, Change(rows=ints(0), row_lower=ints(0), row_upper=ints(2))))


@pytest.mark.parametrize("change", [
    without(ints(3)), without(ints(-1)), Change(rows=ints(0), row_lower=ints(2), row_upper=ints(1)),
    Change(columns=ints(0, 1), lower=ints(0), upper=ints(1)),
])
def test_what_the_program_has_not_is_refused(change):
    with pytest.raises(ValueError, match="a change gives"):
        changed(small(), change)


def test_the_change_between_two_programs_makes_the_one_of_the_other():
    before = small()
    after = changed(before, Change(ints(2), ints(1), ints(1), ints(1), ints(0), ints(2)))
    again = changed(before, between(before, after))
    for name in ("lower", "upper", "row_lower", "row_upper"):
        assert getattr(again, name).tolist() == getattr(after, name).tolist()


@pytest.mark.parametrize("other", [
    program([[1, 1, 0], [0, 2, 1]], [0, 0], [1, 1], [[-1, -1, -1]], 3),
    program([[1, 1, 0], [0, 1, 1]], [0, 0], [1, 1], [[-1, -2, -1]], 3),
    program([[1, 1, 0]], [0], [1], [[-1, -1, -1]], 3),
])
def test_programs_that_differ_in_more_than_bounds_are_no_change_apart(other):
    assert between(small(), other) is None
