"""Zero-half sums: each rounds to a cut that the point violates, and none loses a whole x."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from matching.engines import halves
from matching.engines.halves import odd_sums
from matching.engines.rounding import cuts_of
from tests.engines.blocks import FREE
from tests.engines.tight import SETTINGS, every_cut, holds, relaxed, system, tight_systems, whole


@SETTINGS
@given(tight_systems())
def test_at_an_optimum_each_sum_is_a_cut_that_it_violates_and_no_whole_x_does(tight):
    optimum = relaxed(tight, tight.cost(1))
    if optimum is None:
        return
    _, x = optimum
    sums = odd_sums(tight, x)
    with pytest.MonkeyPatch.context() as patch:
        every_cut(patch)
        cuts = cuts_of(tight, x, sums)
    assert np.all(cuts.matrix @ x < cuts.lower)
    every = whole(tight)
    assert holds(cuts.matrix, cuts.lower, every).all()
    assert not len(every) or set(cuts.number) == set(range(len(sums.divisor)))
    assert np.all(sums.divisor == 2)
    assert np.all(sums.times == 1)


@SETTINGS
@given(tight_systems())
def test_a_whole_point_within_the_rows_calls_for_none(tight):
    for x in whole(tight)[:3]:
        assert not len(odd_sums(tight, x.astype(np.float64)).divisor)


@pytest.mark.parametrize("length", [3, 5, 7, 9])
def test_an_odd_cycle_of_halves_is_closed(length):
    """Of a cycle of so many, no two neighbours together, at most half can go; the relaxation sends half of each."""
    ring = np.eye(length, dtype=np.int64)
    cycle = system(ring + np.roll(ring, 1, axis=1), [-FREE] * length, [1] * length, [-1] * length, [1] * length)
    _, x = relaxed(cycle, cycle.cost(0))
    assert np.all(x == 0.5)
    cuts = cuts_of(cycle, x, odd_sums(cycle, x))
    assert cuts.matrix.toarray().tolist() == [[-1] * length]
    assert cuts.lower.tolist() == [-(length // 2)]


def test_an_even_cycle_needs_no_cut():
    ring = np.eye(4, dtype=np.int64)
    cycle = system(ring + np.roll(ring, 1, axis=1), [-FREE] * 4, [1] * 4, [-1] * 4, [1] * 4)
    x = np.full(4, 0.5)
    assert not len(cuts_of(cycle, x, odd_sums(cycle, x)).lower)


def test_halves_of_a_couple_for_one_seat_are_cut_off():
    """Two teachers who go together or not at all, and one seat: the relaxation sends half of each."""
    couple = system([[1, 1, 0], [1, 0, -1], [0, 1, -1]], [-FREE, 0, 0], [1, 0, 0], [0, 0, -1], [1] * 3)
    _, x = relaxed(couple, couple.cost(0))
    assert x.tolist() == [0.5] * 3
    cuts = cuts_of(couple, x, odd_sums(couple, x))
    assert len(cuts.lower)
    assert holds(cuts.matrix, cuts.lower, np.zeros((1, 3), np.int64)).all()


def test_only_the_tightest_rows_are_looked_at_where_there_are_many(monkeypatch):
    """Of four rows the one with room is not needed for the cut."""
    monkeypatch.setattr(halves, "MOST_ROWS", 3)
    cycle = system([[1, 1, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1]], [-FREE] * 4, [2, 1, 1, 1], [-1] * 3, [1] * 3)
    assert odd_sums(cycle, np.full(3, 0.5)).row.tolist() == [1, 2, 3]
