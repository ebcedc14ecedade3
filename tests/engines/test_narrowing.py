"""What prices let a search leave out: nothing that a plan worth having needs."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import narrowing, relaxation
from matching.engines.certificate import certify
from matching.engines.narrowing import beyond, windows
from matching.engines.relaxation import Relaxation
from matching.engines.settings import Settings
from matching.engines.system import system_of
from tests.engines.test_bounds import SETTINGS, plans, programs


def _relaxed(system, core=None):
    core = np.ones(system.n_columns, np.bool_) if core is None else core
    return Relaxation(system, core, Settings(0, 1, math.inf)).solve([system.cost(0)], [], math.inf)


@SETTINGS
@given(programs(), st.lists(st.floats(-5, 5), min_size=7, max_size=7), st.integers(-6, 6))
def test_no_plan_within_the_value_is_lost_beyond_it(program, prices, value):
    system = system_of(program)
    certificate = certify(system, system.cost(0), np.resize(np.array(prices), system.n_rows))
    if certificate.bound > value:
        return
    left = beyond(system, certificate, value)
    assert all(left.admits(x) for x in plans(program) if int(system.cost(0) @ x) <= value)


@SETTINGS
@given(programs(), st.lists(st.floats(-5, 5), min_size=7, max_size=7))
def test_a_plan_outside_a_window_costs_what_the_window_says(program, prices):
    system = system_of(program)
    certificate = certify(system, system.cost(0), np.resize(np.array(prices), system.n_rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "FEWEST_COLUMNS", 1)
        for window in windows(system, certificate, 1, 2.0):
            outside = [x for x in plans(program) if not window.system.admits(x)]
            assert all(Fraction(int(system.cost(0) @ x)) >= window.beyond for x in outside)


@SETTINGS
@given(programs(), st.lists(st.booleans(), min_size=6, max_size=6))
def test_priced_in_column_by_column_it_is_the_same_relaxation(program, core):
    system = system_of(program)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxation, "MOST_ROUNDS", 0)
        whole, grown = _relaxed(system), _relaxed(system, np.array(core[:system.n_columns]))
    assert whole.outcome == grown.outcome
    if whole.certificate is not None:
        assert float(whole.certificate.bound) == pytest.approx(float(grown.certificate.bound), abs=1e-5)


@SETTINGS
@given(programs())
def test_the_relaxation_with_its_cuts_bounds_every_plan(program):
    relaxed = _relaxed(system_of(program))
    found = plans(program)
    if relaxed.outcome == "infeasible":
        assert not found
    else:
        assert all(relaxed.certificate.bound <= int(program.objectives[0].cost @ x) for x in found)
