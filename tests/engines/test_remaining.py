"""What is left of a system, solved by itself, has the bound and the best plan of the whole."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import remaining as remaining_module
from matching.engines.remaining import Remaining
from tests.engines.tight import ALONE, SETTINGS, system, tight_systems, whole


@pytest.mark.parametrize("worth_cuts", [0, 2_000])
@SETTINGS
@given(of=tight_systems(), data=st.data())
def test_its_bound_holds_and_a_search_finds_the_best_plan_below_a_figure(worth_cuts, of, data):
    cost = of.cost(1)
    held = data.draw(st.lists(st.booleans(), min_size=of.n_columns, max_size=of.n_columns))
    of = replace(of, upper=np.where(held, of.lower, of.upper))
    plans = list(whole(of))
    remaining = Remaining(of, of.n_columns, cost, ALONE)
    bound = remaining.least(math.inf)
    if not plans:
        return
    best = min(int(cost @ x) for x in plans)
    assert bound is not None
    assert bound <= best
    found = []
    most = best + data.draw(st.integers(0, 3))
    start = plans[data.draw(st.integers(0, len(plans) - 1))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remaining_module, "WORTH_CUTS", worth_cuts)
        assert remaining.search(best - 1, ALONE, lambda x: found.append(x) or True, None) in ("optimal", "infeasible")
        assert remaining.search(most, ALONE, lambda x: found.append(x) or True, start) == "optimal"
    assert all(of.admits(x) for x in found)
    assert min(int(cost @ x) for x in found) == best
    lower, upper = remaining.bounds(most)
    assert all(np.all((x >= lower) & (x <= upper)) for x in plans if cost @ x <= most)
    assert np.all((lower >= of.lower) & (upper <= of.upper))


def test_where_nothing_can_move_the_one_plan_is_offered():
    of = system([[1, 1]], [1], [2], [3, 4], [0, 1])
    remaining = Remaining(of, 2, of.cost(0), ALONE)
    assert remaining.least(math.inf) == 4
    found = []
    assert remaining.search(4, ALONE, lambda x: found.append(x.tolist()) or True, None) == "optimal"
    assert found == [[0, 1]]
    assert [ends.tolist() for ends in remaining.bounds(4)] == [[0, 1], [0, 1]]


def test_where_nothing_is_left_nothing_is_proven():
    of = system([[1, 1]], [3], [3], [3, 4], [1, 1])
    remaining = Remaining(of, 2, of.cost(0), ALONE)
    assert remaining.least(math.inf) is None
    assert remaining.bounds(4) is None
