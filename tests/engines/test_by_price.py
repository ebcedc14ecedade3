"""The relaxation of the whole, from those of its parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from matching.engines.by_price import Minimum, by_price
from matching.engines.couplings import couplings
from matching.engines.split import split
from tests.engines.blocks import FREE, block_programs, program


def relaxed(one, cost, found=None):
    """The linear optimum of a program; with couplings in place of its linking rows, where those are given."""
    if found is not None:
        own = np.setdiff1d(np.arange(one.n_rows), split(one).linking)
        one = replace(one, matrix=sparse.csr_array(sparse.vstack([one.matrix[own], found.matrix])),
                      row_lower=np.r_[one.row_lower[own], np.full(len(found.upper), -FREE)],
                      row_upper=np.r_[one.row_upper[own], found.upper])
    rows = one.matrix.toarray()
    bounds = np.clip(np.array([one.row_lower, one.row_upper]), -1e9, 1e9)
    return linprog(cost, np.vstack([rows, -rows]), np.concatenate([bounds[1], -bounds[0]]),
                   bounds=np.array([one.lower, one.upper]).T)


def minimum(part, cost):
    found = relaxed(part.program, cost)
    return Minimum(found.x, Fraction(found.fun)) if found.status == 0 else None


def priced(one, cost):
    halves = split(one)
    found = couplings(halves, np.zeros(one.n_columns))
    return found, by_price(halves, found, cost, lambda costs: map(minimum, halves.parts, costs))


@settings(deadline=None, max_examples=60)
@given(st.booleans().flatmap(lambda share: block_programs(share=share)))
def test_it_is_the_relaxation_of_the_whole(one):
    cost = one.objectives[0].cost
    found, answer = priced(one, cost)
    expected = relaxed(one, cost, found)
    if answer is None:
        assert expected.status == 2
        return
    assert float(answer.bound) == pytest.approx(expected.fun, abs=1e-4)
    assert answer.value == pytest.approx(expected.fun, abs=1e-4)
    assert (found.matrix @ answer.x <= found.upper + 1e-6).all()
    assert cost @ answer.x == pytest.approx(answer.value)


def test_the_price_is_what_one_more_is_worth():
    one = program([[1, 1, 0, 0], [0, 0, 1, 1], [2, 2, 2, 2]], [0, 0, -FREE], [1, 1, 3], [(-4, -1, -6, -2)], 4)
    _, answer = priced(one, one.objectives[0].cost)
    assert answer.bound == answer.value == -6
    assert 4 <= answer.prices[2] <= 6
    assert answer.prices[:2].tolist() == [0, 0]


def test_without_links_nothing_is_paid():
    one = program(np.eye(2), [0, 0], [1, 1], [(-1, -2)], 2)
    _, answer = priced(one, one.objectives[0].cost)
    assert (answer.bound, answer.rounds, answer.x.tolist()) == (-3, 1, [1, 1])


def test_what_no_mixture_keeps_to_has_no_answer():
    one = program([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]], [1, 1, -FREE], [2, 2, 1], [(1, 1, 1, 1)], 4)
    assert priced(one, one.objectives[0].cost)[1] is None
