"""With its arcs given, a program's other columns are chosen as well as by any choice of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import completed
from matching.engines.exact import is_feasible
from tests.engines.test_bounds import SETTINGS, programs


@st.composite
def given_arcs(draw):
    """A program whose last columns are no arcs, and what its arcs are."""
    of = draw(programs())
    n_arcs = draw(st.integers(0, of.n_columns))
    arcs = draw(st.lists(st.integers(0, 1), min_size=n_arcs, max_size=n_arcs))
    return replace(of, n_arcs=n_arcs), np.array(arcs, np.int64)


@SETTINGS
@given(given_arcs())
def test_what_stands_beyond_the_arcs_is_the_best_that_there_is(drawn):
    of, arcs = drawn
    every = (np.r_[arcs, np.array(rest, np.int64)] for rest in product((0, 1), repeat=of.n_columns - len(arcs)))
    best = min((tuple(goal.value(x) for goal in of.objectives) for x in every if is_feasible(of, x)), default=None)
    found = completed(of, arcs, in_process=True)
    if best is None:
        assert found.status == "infeasible"
        return
    assert found.x is not None
    assert is_feasible(of, found.x)
    assert np.array_equal(found.x[:len(arcs)], arcs)
    assert tuple(line.best for line in found.goals) == best == tuple(goal.value(found.x) for goal in of.objectives)
