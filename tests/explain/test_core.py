"""The named conflict is infeasible, and without any one of its parts feasible."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import engines
from matching.explain.conflicts.program import among, gathered, only
from matching.explain.conflicts.proof import Shrinking, clash
from matching.explain.core import core
from matching.explain.patience import Patience
from matching.problem.program import INFINITE, Objective, Program, RowLabel


@given(st.lists(st.sets(st.integers(0, 99), min_size=1), min_size=1, max_size=4), st.booleans())
def test_a_core_is_one_of_the_least_sets_that_clash(conflicts, named):
    def clashes(some):
        found = next((conflict for conflict in conflicts if conflict <= set(some)), None)
        return found if named or found is None else some

    found = set(core(range(100), clashes, lambda part: part // 10))
    assert clashes(found)
    assert not any(clashes(found - {part}) for part in found)


def test_without_a_clash_nothing_is_named():
    assert core("abc", lambda some: None) == ()


def test_the_last_parts_are_left_out_first():
    assert core("abcd", lambda some: some if {"b", "a"} & set(some) else None) == ("a",)


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


def holds(program):
    """Whether any whole x meets every row, by trying all."""
    every = np.indices(program.upper - program.lower + 1).reshape(program.n_columns, -1) + program.lower[:, None]
    sums = program.matrix.toarray() @ every
    return bool(((sums >= program.row_lower[:, None]) & (sums <= program.row_upper[:, None])).all(axis=0).any())


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(programs())
def test_a_core_of_rows_clashes_and_each_part_of_it_does_not(program):
    labels = tuple(dict.fromkeys(program.labels))
    assume(not holds(program))
    found = core(labels, Shrinking(program, Patience()))
    assert not holds(only(program, found))
    for label in found:
        assert holds(only(program, [k for k in found if k != label]))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(programs(), st.integers(0, 31))
def test_gathering_alike_columns_loses_and_adds_nothing(program, bits):
    twice = Program(2 * program.n_arcs, sparse.csr_array(sparse.hstack([program.matrix] * 2)), program.row_lower,
                    program.row_upper, np.tile(program.lower, 2), np.tile(program.upper, 2), program.labels, ())
    kinds = np.arange(twice.n_columns, dtype=np.int64) % 2
    made, kept = gathered(twice, kinds)
    assert made.upper.sum() == twice.n_columns
    assert holds(gathered(twice)[0]) == holds(made) == holds(twice)
    assert holds(among(made, kept == 0)) == holds(among(twice, kinds == 0))


def test_the_proof_is_the_engine_s():
    rows = sparse.csr_array(np.array([[2, 2]]))
    odd = Program(2, rows, np.array([3]), np.array([3]), np.zeros(2, np.int64), np.ones(2, np.int64),
                  (RowLabel("odd", "plan"),), (Objective("none", np.zeros(2, np.int64)),))
    assert engines.solve(odd, in_process=True).status == "infeasible"
    assert clash(odd, odd.labels, Patience()) == {RowLabel("odd", "plan")}
