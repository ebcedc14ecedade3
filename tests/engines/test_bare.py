"""A system without what cannot move: the same whole x, the same best one, and the solver's bound of all of it."""

import math
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engines.bare import bare
from matching.engines.highs_model import Listeners, Search, solve_whole
from tests.engines.tight import ALONE, SETTINGS, system, tight_systems, whole


@st.composite
def partly_fixed(draw):
    """Systems some of whose columns are held at a bound."""
    tight = draw(tight_systems())
    held = np.array(draw(st.lists(st.sampled_from((0, 0, 1, 2)), min_size=tight.n_columns, max_size=tight.n_columns)))
    return tight.bounded(np.where(held == 2, tight.upper, tight.lower), np.where(held == 1, tight.lower, tight.upper))


@SETTINGS
@given(partly_fixed())
def test_what_is_left_has_just_the_same_whole_x(fixed):
    left, every = bare(fixed), whole(fixed)
    if left is None:
        assert not len(every)
        return
    assert np.all(left.system.lower < left.system.upper)
    found = [left.whole(values) for values in whole(left.system)]
    assert sorted(x.tolist() for x in found) == sorted(x.tolist() for x in every)


@SETTINGS
@given(partly_fixed())
def test_the_solver_finds_the_best_of_all_and_its_cost_and_bound_count_what_is_fixed(fixed):
    cost, every, plans = fixed.cost(1), whole(fixed), []
    search = Search(listeners=Listeners(plan=plans.append))
    result = solve_whole(fixed, cost.astype(np.float64), search, ALONE, math.inf)
    if not len(every):
        assert result.outcome == "infeasible"
        return
    least = int((every @ cost).min())
    assert (result.outcome, round(result.bound)) == ("optimal", least)
    assert min(int(cost @ x) for x in plans) == least
    assert all(fixed.admits(x) for x in plans)


def test_a_cutoff_is_one_of_the_whole_cost():
    one_of_two = system([[1, 1, 0], [1, 0, 0]], [1, 0], [1, 1], [3, 5, 100], [1, 1, 1])
    held = replace(one_of_two, lower=np.array([0, 0, 1]))
    for beyond in (104.0, 102.5):
        search = Search(options={"objective_bound": beyond, "presolve": "off"})
        found = solve_whole(held, held.cost(0).astype(np.float64), search, ALONE, math.inf)
        assert (found.outcome == "optimal" and found.bound == 103) == (beyond > 103)
