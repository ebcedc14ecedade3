"""The least moves, and the goals beside them, are those of trying every plan; also where each way is taken at once."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import least_moves, narrowing, near_goals, remaining
from matching.engines.exact import round_up
from matching.engines.least_moves import LeastMoves
from matching.engines.narrowing import beyond
from matching.engines.near_plan import NearPlan
from matching.engines.near_windows import below
from matching.engines.remaining import Remaining
from matching.engines.system import system_of
from matching.problem.program import Objective
from tests.engines.tight import ALONE, SETTINGS, tight_programs, whole


@st.composite
def changed(draw):
    """A program of binary columns, those that an earlier plan had at one, and its two goals with the moves between."""
    made = draw(tight_programs(binary=True))
    kept = np.flatnonzero(draw(st.lists(st.booleans(), min_size=made.n_columns, max_size=made.n_columns)))
    cost = np.zeros(made.n_columns, np.int64)
    cost[kept] = -1
    first, last = made.objectives
    return replace(made, objectives=(first, Objective("moves", cost, 1, len(kept)), last)), kept


def _best(program):
    """Return the best values of the goals in their order, constants included; None where there is no plan."""
    plans = whole(system_of(program))
    return min((tuple(int(o.cost @ x) + o.constant for o in program.objectives) for x in plans), default=None)


@pytest.mark.parametrize(("many", "at_once"), [(10_000, 0), (0, 0), (0, 10_000)])
@SETTINGS
@given(case=changed())
def test_what_is_proven_is_the_best_of_all(many, at_once, case):
    program, kept = case
    best = _best(program)
    with pytest.MonkeyPatch.context() as patch:
        for module, name, figure in ((least_moves, "MANY", many), (near_goals, "MANY", many), (near_goals, "FEW", 1),
                                     (least_moves, "MANY_LEFT", many), (remaining, "WORTH_CUTS", many),
                                     (near_goals, "AT_ONCE", at_once), (near_goals, "MANY_LEFT", many),
                                     (least_moves, "GLIMPSED", 1),
                                     (narrowing, "FEWEST_COLUMNS", 1)):
            patch.setattr(module, name, figure)
        aimed, known = (LeastMoves(program, 1, kept, ALONE) for _ in range(2))
        if aimed.work():
            assert aimed.ledger.values == best
        if best is not None:
            assert known.work(best[:1])
            assert known.ledger.values == best


@SETTINGS
@given(changed())
def test_what_has_no_bound_or_no_point_is_searched_all_the_same(case):
    program, kept = case
    best = _best(program)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Remaining, "least", lambda *_: None)
        known = LeastMoves(program, 1, kept, ALONE)
        if best is not None:
            assert known.work(best[:1])
            assert known.ledger.values == best


@SETTINGS
@given(changed(), st.integers(0, 3))
def test_few_at_hand_prove_what_all_do_and_windows_keep_every_plan_below_their_figure(case, columns):
    program, kept = case
    cost, every = program.objectives[2].cost, whole(system_of(program))
    near = NearPlan(program, kept, ALONE)
    certificate = near.least(cost, [], math.inf, cuts=True)
    if certificate is None or not len(every):
        return
    values = every @ cost
    assert certificate.bound <= values.min()
    system = near.relaxation.within([])
    if columns >= system.n_free:
        return
    window = below(system, certificate, cost, columns, int(values.max()))
    assert window.most <= values.max()
    within = every[values <= window.most]
    assert np.all((within >= window.system.lower) & (within <= window.system.upper))
    assert window.system.n_free <= columns or window.most <= round_up(certificate.bound, cost)


@SETTINGS
@given(changed(), st.integers(0, 3))
def test_cuts_for_plans_below_a_figure_keep_them_all_and_leave_the_relaxation_as_it_was(case, above):
    program, kept = case
    first, cost = (program.objectives[goal].cost for goal in (0, 1))
    every = whole(system_of(program))
    if not len(every):
        return
    limits = [int((every @ first).min()) + above]
    within = every[every @ first <= limits[0]]
    least = int((within @ cost).min())
    near = NearPlan(program, kept, ALONE)
    assert near.least(cost, limits, math.inf) is not None
    found = near.below(cost, limits, least + above, system_of(program), math.inf)
    assert found is not None
    system, certificate = found
    assert certificate.bound <= least
    left = beyond(system, certificate, least + above)
    assert all(left.admits(x) for x in within[within @ cost <= least + above])
    again = near.least(first, [], math.inf)
    assert again is not None
    assert again.bound <= limits[0] - above
