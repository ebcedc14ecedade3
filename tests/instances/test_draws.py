"""Whole numbers that add up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from instances.generator.draws import at_least_one, largest_remainder, month_before, repeated

weights = st.dictionaries(st.text(max_size=3), st.integers(1, 1000), min_size=1, max_size=9)


@given(weights, st.integers(0, 5000))
def test_shares_add_up_and_are_within_one_of_the_exact_ones(weight, total):
    shares = largest_remainder(weight, total)
    assert sum(shares.values()) == total
    whole = sum(weight.values())
    assert all(abs(shares[k] - total * weight[k] / whole) < 1 for k in weight)


@given(weights)
def test_everyone_has_one(weight):
    shares = at_least_one(weight, len(weight) + 7)
    assert min(shares.values()) >= 1
    assert len(repeated(shares)) == len(weight) + 7


def test_months_are_counted_back_over_the_year():
    assert month_before(date(2014, 9, 1), 0) == date(2014, 9, 1)
    assert month_before(date(2014, 9, 1), 9) == date(2013, 12, 1)
