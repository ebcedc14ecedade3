"""Exact tails against every way to arrive, and against the binomial distribution."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from matching.scenarios.arrivals.lists import sized
from matching.scenarios.arrivals.tails import at_least, distribution, growing, interval, quantile, shared_out, to_choose
from tests.scenarios.arrivals.cases import every_draw

RATES = st.lists(st.floats(0, 1), max_size=7)


@given(RATES)
def test_a_distribution_is_the_sum_over_all_ways(rates):
    come = every_draw(len(rates)) == 0
    chances = np.prod(np.where(come, rates, 1 - np.array(rates)), axis=1)
    wanted = np.bincount(come.sum(axis=1), chances, minlength=len(rates) + 1)
    assert distribution(rates) == pytest.approx(wanted)
    assert at_least(rates, 2) == pytest.approx(wanted[2:].sum())
    assert quantile(distribution(rates), 0) == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.floats(0.05, 0.999), st.floats(0.5, 0.99), st.integers(0, 60))
def test_the_number_to_choose_is_the_least(seats, rate, chance, already):
    found = to_choose(seats, chance, [rate] * already, rate)
    assert binom.sf(seats - 1, found.number, rate) >= chance - 1e-9
    assert found.number == seats or binom.sf(seats - 1, found.number - 1, rate) < chance
    assert found.reached == pytest.approx(binom.sf(seats - 1, found.number, rate))


def test_the_number_to_choose_at_the_source_s_rate():
    found = to_choose(1348, 0.95, [], 0.963)
    assert found.number == 1412
    assert found.reached == pytest.approx(binom.sf(1347, 1412, 0.963))


def test_people_at_their_own_rates_come_first():
    assert to_choose(2, 0.9, [1.0, 1.0, 0.1], 0.5).number == 2
    assert to_choose(2, 0.9, [1.0, 0.1], 1.0).number == 3
    assert to_choose(3, 0.9, [], 1e-9) is None


@given(st.lists(st.floats(0, 1), min_size=3, max_size=6))
def test_a_curve_grows_as_people_are_added(rates):
    curve = dict(growing(rates, 2, 2))
    assert curve == pytest.approx({n: at_least(rates[:n], 2) for n in range(2, len(rates) + 1)})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0.6, 0.99)), min_size=1, max_size=3), st.floats(0.5, 0.97))
def test_no_smaller_number_fills_all_kinds(kinds, chance):
    seats, rates = zip(*kinds, strict=True)
    numbers, reached = shared_out(seats, rates, chance)
    tails = [binom.sf(s - 1, n, r) for s, n, r in zip(seats, numbers, rates, strict=True)]
    assert reached == pytest.approx(np.prod(tails))
    assert reached >= chance - 1e-9
    spare = sum(numbers) - sum(seats)
    for extra in product(range(spare), repeat=len(seats)):
        if sum(extra) < spare:
            tails = [binom.sf(s - 1, s + e, r) for s, e, r in zip(seats, extra, rates, strict=True)]
            assert np.prod(tails) < chance


@given(st.lists(st.floats(0.3, 1), min_size=1, max_size=4), st.lists(st.floats(0, 1), max_size=4), st.floats(0.5, 0.99))
def test_a_list_is_as_long_as_its_post_needs(placed, listed, wanted):
    found = sized(np.array(placed), np.array(listed), wanted)

    def chance(k):
        rates = np.array([*placed, *listed[:k]])
        come = every_draw(len(rates)) == 0
        enough = come[:, len(placed):].sum(axis=1) >= len(placed) - come[:, :len(placed)].sum(axis=1)
        return (np.prod(np.where(come, rates, 1 - rates), axis=1) * enough).sum()

    best = chance(len(listed))
    assert found.reached == pytest.approx(best if found.needed is None else chance(found.needed))
    assert (found.needed is None) == (best < wanted - 1e-9) or best == pytest.approx(wanted)
    assert not found.needed or chance(found.needed - 1) < wanted + 1e-9


def test_an_interval_holds_what_was_seen():
    low, high = interval(950, 1000)
    assert low < 0.95 < high
    assert interval(0, 100)[0] == 0
    assert interval(100, 100)[1] == 1


def test_where_too_many_would_be_needed_no_number_is_looked_for():
    assert shared_out([2, 3], [0.9, 0.0], 0.9) == ([2, 3], 0.0)
    assert shared_out([2], [1e-9], 0.9)[0] == [2]
    assert shared_out([], [], 0.9) == ([], 1.0)
