"""The named conflict is infeasible, and without any one of its parts feasible."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import engines
from matching.explain.core import core, only
from matching.problem.program import INFINITE, Objective, Program, RowLabel


@given(st.lists(st.sets(st.integers(0, 9), min_size=1), min_size=1, max_size=4))
def test_a_core_is_one_of_the_least_sets_that_clash(conflicts):
    def clashes(some):
        return any(conflict <= set(some) for conflict in conflicts)

    found = set(core(range(10), clashes))
    assert clashes(found)
    assert not any(clashes(found - {part}) for part in found)


def test_the_background_is_not_named():
    assert core("abcd", lambda some: {"x", "c"} <= set(some), "xy") == ("c",)


@st.composite
def programs(draw):
    """A few rows over a few 0-1 columns, often infeasible."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    matrix = np.array(draw(st.lists(st.lists(st.integers(-1, 2), min_size=n, max_size=n), min_size=m, max_size=m)))
    lower = np.array(draw(st.lists(st.sampled_from((-INFINITE, 0, 1, 2)), min_size=m, max_size=m)), np.int64)
    upper = np.array(draw(st.lists(st.sampled_from((INFINITE, 2, 1, 3)), min_size=m, max_size=m)), np.int64)
    labels = tuple(RowLabel(f"rule-{k // 2}", "plan") for k in range(m))
    return Program(n, sparse.csr_array(matrix.astype(np.int64)), lower, np.maximum(lower, upper), np.zeros(n, np.int64),
                   np.ones(n, np.int64), labels, (Objective("fill", -np.ones(n, np.int64), -1),))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(programs())
def test_a_core_of_rows_clashes_and_each_part_of_it_does_not(program):
    def clashes(labels):
        return engines.solve(only(program, labels), in_process=True).status == "infeasible"

    labels = tuple(dict.fromkeys(program.labels))
    assume(clashes(labels))
    found = core(labels, clashes)
    assert clashes(found)
    for label in found:
        assert not clashes([k for k in found if k != label])
