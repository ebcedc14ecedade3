"""Exact numbers by the array are the fractions they stand for."""

from fractions import Fraction
from math import ceil, floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.problem.exact import exact, whole

numbers = st.none() | st.fractions(-10**6, 10**6, max_denominator=10**9)
rows = st.lists(st.tuples(numbers, numbers, numbers), max_size=8)


@given(rows, st.sampled_from([1, 10]))
def test_products_less_what_is_there_round_as_fractions_do(given_rows, units):
    bounds, bases, less = (exact([row[k] for row in given_rows]) for k in range(3))
    found = bounds.times(bases).less(less)
    known = [None not in row[:2] for row in given_rows]
    assert found.known.tolist() == known
    at = np.flatnonzero(found.known)
    true = [(bound * base - (there or 0)) * units for bound, base, there in (given_rows[k] for k in at.tolist())]
    assert found.take(at).floor(units).tolist() == [floor(v) for v in true]
    assert found.take(at).ceil(units).tolist() == [ceil(v) for v in true]


def test_whole_numbers_beyond_64_bits_do_not_overflow():
    large = whole(np.array([2**40]))
    assert large.times(large).times(exact([Fraction(1, 2**60)])).floor(1).tolist() == [2**20]
