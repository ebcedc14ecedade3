"""A relaxation begun from its parts: what is best from there is best of all."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import highs_goal, narrowing
from matching.engines import seeds as seeding
from matching.engines.extension import extended
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.relaxation import Relaxation
from matching.engines.seeds import seeds
from matching.engines.settings import Settings
from matching.engines.start_by_parts import start_by_parts
from matching.engines.system import system_of
from tests.engines.blocks import block_programs
from tests.engines.provinces import budgeted, posts_of
from tests.engines.tight import ALONE, SETTINGS, whole


def _started(made, settings=ALONE):
    """Return the system, the columns to begin with, and the start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "MANY_ARCS", 0)
        extension = extended(made)
        found = seeds(made, extension, extension.system.cost(0))
    if found.priced is None:
        return extension.system, found.columns, None
    return extension.system, found.columns, start_by_parts(
        extension, made.n_arcs, found.priced, np.flatnonzero(found.columns), extension.system.cost(0), settings)


@SETTINGS
@given(st.one_of(budgeted(), block_programs(), block_programs(share=True)))
def test_without_cuts_the_bound_from_there_is_the_bound(made):
    """With cuts either may be the higher: which are found depends on the vertex."""
    system, core, start = _started(made)
    outcomes, bounds = [], []
    for begun in (start, None):
        relaxation = Relaxation(system, core, ALONE)
        if begun is not None:
            relaxation.start_from(begun)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("matching.engines.relaxation.MOST_ROUNDS", 0)
            relaxed = relaxation.solve([system.cost(0)], [], math.inf)
        outcomes.append(relaxed.outcome)
        bounds.append(float(relaxed.certificate.bound) if relaxed.certificate else math.inf)
    assert outcomes[0] == outcomes[1]
    assert bounds[0] == pytest.approx(bounds[1], abs=1e-6)


@SETTINGS
@given(st.one_of(budgeted(), block_programs(share=True)))
def test_and_the_best_plan_is_found(made):
    every = whole(system_of(made))
    ledger = Ledger(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "MANY_ARCS", 0)
        patch.setattr(seeding, "LEAST", 1)
        patch.setattr(highs_goal, "LARGE", 0)
        patch.setattr(narrowing, "FEWEST_COLUMNS", 1)
        verdict = lexicographic(ledger, GoalSearch(made, ALONE), ALONE)
    if not len(every):
        assert verdict == "infeasible"
        return
    best = min(tuple(int(o.cost @ x) + o.constant for o in made.objectives) for x in every)
    assert (verdict, ledger.values, tuple(ledger.bounds)) == ("done", best, best)


PROVINCES = posts_of([[8, 2, 5, 9], [3, 4, 7, 1]], [[4, 3, 2, 4], [3, 1, 2, 2]], 8)


def test_two_provinces_are_solved_by_themselves_and_their_basis_is_whole():
    system, core, start = _started(PROVINCES)
    n_rows, n_columns = system.n_rows, int(core.sum())
    assert (len(start.basis.row_status), len(start.basis.col_status)) == (n_rows, n_columns)
    basic = [str(status).endswith("kBasic") for status in (*start.basis.row_status, *start.basis.col_status)]
    assert sum(basic) == n_rows


def test_what_a_province_misses_it_prices_in():
    """Of two posts for one teacher in each province the worse is at hand; the better comes in, and is basic or full."""
    made = posts_of([[8, 2, 5], [3, 4, 7]], [[4, 3, 2], [3, 1, 2]], 20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "MANY_ARCS", 0)
        extension = extended(made)
        cost = extension.system.cost(0)
        priced = seeds(made, extension, cost).priced
        further = range(made.n_arcs, extension.system.n_columns)
        start = start_by_parts(extension, made.n_arcs, priced, np.array([1, 3, *further]), cost, ALONE)
    assert {0, 1, 3, 5} <= set(start.columns.tolist())
    assert np.array_equal(start.columns, np.unique(start.columns))
    assert len(start.basis.col_status) == len(start.cost) == len(start.columns)


def test_the_same_start_each_time():
    first, second = (_started(PROVINCES)[2] for _ in range(2))
    assert [*map(str, first.basis.col_status)] == [*map(str, second.basis.col_status)]
    assert np.array_equal(first.cost, second.cost)


def test_no_start_where_nothing_falls_apart():
    assert _started(posts_of([[8]], [[4]], 5))[2] is None


def test_no_start_where_time_is_up():
    assert _started(PROVINCES, Settings(0, 2, time.monotonic() - 1))[2] is None
