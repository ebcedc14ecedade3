"""Sums read off a basis: each rounds to a cut that the basis' point violates, and none loses a whole x."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from matching.engines import tableau
from matching.engines.relaxation import Relaxation
from matching.engines.rounding import cuts_of
from matching.engines.tableau import broken_sums
from tests.engines.blocks import FREE
from tests.engines.tight import ALONE, SETTINGS, every_cut, holds, relaxed, system, tight_systems, whole


@SETTINGS
@given(tight_systems())
def test_at_an_optimum_each_sum_is_a_cut_that_it_violates_and_no_whole_x_does(tight):
    optimum = relaxed(tight, tight.cost(1))
    if optimum is None:
        return
    highs, x = optimum
    sums = broken_sums(highs, np.arange(tight.n_rows))
    with pytest.MonkeyPatch.context() as patch:
        every_cut(patch)
        cuts = cuts_of(tight, x, sums)
    assert np.all(cuts.matrix @ x < cuts.lower)
    every = whole(tight)
    assert holds(cuts.matrix, cuts.lower, every).all()
    assert not len(every) or set(cuts.number) == set(range(len(sums.divisor)))
    assert np.all((sums.times > 0) & (sums.times < sums.divisor[sums.number]))


@SETTINGS
@given(tight_systems())
def test_a_whole_optimum_has_no_sum(tight):
    optimum = relaxed(tight, tight.cost(1))
    if optimum is None or np.abs(optimum[1] - np.rint(optimum[1])).max() > 1e-6:
        return
    assert not len(broken_sums(optimum[0], np.arange(tight.n_rows)).divisor)


def test_one_in_five_of_seven_is_two():
    """Seven placed, one in five of them backbone: the basis makes 1.4 of them; the cut says 2."""
    share = system([[1, 0], [1, -5]], [7, -FREE], [FREE, 0], [0, 1], [9, 9])
    highs, x = relaxed(share, share.cost(0))
    assert x.tolist() == pytest.approx([7, 1.4])
    sums = broken_sums(highs, np.arange(share.n_rows))
    assert np.all(sums.divisor == 5)
    cuts = cuts_of(share, x, sums)
    assert (cuts.matrix.toarray().tolist(), cuts.lower.tolist()) == ([[0, 1]], [2])


def test_of_many_rows_only_the_most_broken_are_read(monkeypatch):
    """1.4 of them, and 1.25 of others: the first is further from whole."""
    shares = system([[1, 0, 0, 0], [1, -5, 0, 0], [0, 0, 1, 0], [0, 0, 1, -4]], [7, -FREE, 5, -FREE],
                    [FREE, 0, FREE, 0], [0, 1, 0, 1], [9, 9, 9, 9])
    highs, x = relaxed(shares, shares.cost(0))
    assert x.tolist() == pytest.approx([7, 1.4, 5, 1.25])
    assert len(broken_sums(highs, np.arange(shares.n_rows)).divisor) > 1
    monkeypatch.setattr(tableau, "MANY_ROWS", 0)
    monkeypatch.setattr(tableau, "FEW_READ", 1)
    assert broken_sums(highs, np.arange(shares.n_rows)).divisor.tolist() == [5]


def test_rows_are_named_as_the_system_has_them():
    share = system([[1, 0], [1, -5]], [7, -FREE], [FREE, 0], [0, 1], [9, 9])
    highs, _ = relaxed(share, share.cost(0))
    here, elsewhere = broken_sums(highs, np.arange(3)), broken_sums(highs, np.array([7, 5, 9]))
    assert elsewhere.row.tolist() == np.array([7, 5, 9])[here.row].tolist()


def test_no_sum_where_no_small_divisor_makes_it_whole():
    """5041 beyond all divisors: one in 5041."""
    share = system([[1, 0], [1, -5041]], [7, -FREE], [FREE, 0], [0, 1], [9, 9])
    highs, x = relaxed(share, share.cost(0))
    assert x[1] == pytest.approx(7 / 5041)
    assert not len(broken_sums(highs, np.arange(3)).divisor)


def test_a_program_without_entries_has_no_sum():
    """HiGHS 1.14.0 ends the process where it is asked for the inverse of such a program's basis."""
    nothing = system([[0, 0]], [-FREE], [1], [0, 0], [1, 1])
    highs, _ = relaxed(nothing, nothing.cost(0))
    assert not len(broken_sums(highs, np.arange(nothing.n_rows)).divisor)
    found = Relaxation(nothing, np.ones(2, np.bool_), ALONE).solve([nothing.cost(0)], [], math.inf)
    assert (found.outcome, found.certificate.bound) == ("optimal", 0)
