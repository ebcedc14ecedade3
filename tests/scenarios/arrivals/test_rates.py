"""Rates of pairs: groups, odds by distance and wish, and the mean that is asked for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching import policy as policies
from matching.domain.findings import InputError
from matching.problem import compile
from matching.scenarios.arrivals.model import Arrivals, Band, Distance, Group, Odds, Wish
from matching.scenarios.arrivals.rates import calibrated, late, rates_of, shifted
from tests import builders as b
from tests.scenarios.arrivals import cases


def case(*people, km=(("S1", "R1", 40), ("S1", "R2", 240))):
    sites = [b.site("S1", "sender"), b.site("R1", "receiver"), b.site("R2", "receiver", county="Y")]
    return compile(b.instance(sites, [b.need("N1", "R1"), b.need("N2", "R2")], list(people),
                              distances=[b.distance(*row) for row in km]), cases.policy())


def when(text):
    return (policies.condition(text),)


def rates(model, problem):
    return rates_of(model, problem, np.zeros(0, np.int64)).round(6).tolist()


def odds(rate, times):
    return round(rate * times / (1 - rate + rate * times), 6)


def test_the_first_group_that_matches_counts():
    problem = case(b.teacher("T1", "S1", gender="female"), b.teacher("T2", "S1", gender="male"))
    groups = (Group(when("gender = 女"), Fraction(9, 10)), Group(when("host.county = Y"), Fraction(3, 10)))
    model = Arrivals(Fraction(1, 2), groups=groups)
    assert rates(model, problem) == [0.9, 0.9, 0.5, 0.3]


def test_odds_multiply_and_leave_0_and_1():
    problem = case(b.teacher("T1", "S1", gender="female"))
    rows = (Odds(when("gender = 女"), Fraction(2)), Odds(when("need_id = N2"), Fraction(3)))
    assert rates(Arrivals(Fraction(1, 2), odds=rows), problem) == [odds(0.5, 2), odds(0.5, 6)]
    assert rates(Arrivals(Fraction(1), odds=rows), problem) == [1, 1]
    assert rates(Arrivals(Fraction(0), odds=rows), problem) == [0, 0]


def test_distance_is_a_slope_and_bands():
    problem = case(b.teacher("T1", "S1"))
    slope = Arrivals(Fraction(9, 10), distance=Distance(Fraction(1, 2)))
    assert rates(slope, problem) == [odds(0.9, 0.5**0.4), odds(0.9, 0.5**2.4)]
    bands = Distance(bands=(Band(Fraction(40), Fraction(2)), Band(None, Fraction(1, 4))))
    assert rates(Arrivals(Fraction(9, 10), distance=bands), problem) == [odds(0.9, 2), odds(0.9, 0.25)]
    assert rates(Arrivals(Fraction(9, 10), distance=Distance(bands=bands.bands[:1])), problem) == [odds(0.9, 2), 0.9]


def test_an_unknown_distance_counts_as_the_largest_known_one():
    problem = case(b.teacher("T1", "S1"), km=(("S1", "R1", 40),))
    assert rates(Arrivals(Fraction(9, 10), distance=Distance(Fraction(1, 2))), problem) == [odds(0.9, 0.5**0.4)] * 2


def test_wishes_count_for_those_who_named_one():
    problem = case(b.teacher("T1", "S1", pref_1="N2", pref_2="R1"), b.teacher("T2", "S1"))
    model = Arrivals(Fraction(1, 2), wish=Wish(Fraction(4), Fraction(3), Fraction(2), Fraction(1, 2)))
    assert rates(model, problem) == [odds(0.5, 3), odds(0.5, 4), 0.5, 0.5]
    problem = case(b.teacher("T1", "S1", pref_3="N2"))
    assert rates(model, problem) == [odds(0.5, 0.5), odds(0.5, 2)]


def test_the_reserve_is_asked_late():
    model = Arrivals(Fraction(1, 2), reserve=Fraction(1, 3))
    assert late(model, np.array([0.5, 1.0, 0.0])).round(6).tolist() == [0.25, 1, 0]
    assert late(Arrivals(Fraction(1, 2)), np.array([0.963])).tolist() == [0.963]


@example([0.5, 0.5000000000000001, 0.5], 0.3)
@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8), st.floats(0.01, 0.99))
def test_a_shift_keeps_the_order_and_reaches_the_mean(some, mean):
    before = np.array(some)
    after = calibrated(before, before, mean)
    assert after.mean() == pytest.approx(mean, abs=1e-9)
    assert np.all(np.diff(after[np.argsort(before)]) >= -1e-12)
    ratio = after / (1 - after) / (before / (1 - before))
    assert ratio == pytest.approx(ratio[0], rel=1e-6)


def test_a_mean_that_no_shift_reaches_is_refused():
    fixed = np.array([1.0, 1.0, 0.5])
    assert calibrated(fixed, fixed, 0.9).mean() == pytest.approx(0.9)
    assert calibrated(np.ones(3), np.ones(3), 1.0).tolist() == [1, 1, 1]
    with pytest.raises(InputError) as found:
        calibrated(fixed, fixed, 0.6)
    assert found.value.findings[0].code == "mean_out_of_reach"
    assert "0.6667" in found.value.findings[0].text.zh


def test_the_mean_is_that_of_the_plan():
    problem = case(b.teacher("T1", "S1"), b.teacher("T2", "S1"))
    model = Arrivals(Fraction(1, 2), Fraction(9, 10), distance=Distance(Fraction(1, 2)))
    found = rates_of(model, problem, np.array([0, 3]))
    assert found[[0, 3]].mean() == pytest.approx(0.9)
    assert found[0] > found[3]


def test_a_shift_is_no_shift_where_it_is_nothing():
    assert shifted(np.array([0.963, 0.1]), 0.0).tolist() == [0.963, 0.1]
