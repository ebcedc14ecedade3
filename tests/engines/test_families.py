"""Rows as two trees: under each node stand the columns of its row, whichever way the trees are found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.engines import families
from matching.engines.families import two_trees

KINDS = np.array([0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 4])


@st.composite
def matrices(draw):
    """Teachers in a school and in all, posts in a county and in all; some columns stand on one side only."""
    n = draw(st.integers(1, 9))
    ends = st.lists(st.integers(-1, 3), min_size=n, max_size=n)
    teacher, post = (np.array(draw(ends)) for _ in range(2))
    members = [*(teacher == k for k in range(4)), (teacher >= 0) & (teacher < 2), *(post == k for k in range(4)),
               (post >= 0) & (post % 2 == 0), post >= 0]
    return sparse.csr_array(np.array(members, np.int8))


def columns_under(tree):
    """The columns below each node, walked upwards from each column."""
    under = {row: set() for row in tree.rows.tolist()}
    for column, node in enumerate(tree.of_column.tolist()):
        while node >= 0:
            under[int(tree.rows[node])].add(column)
            node = tree.parent[node]
    return under


@pytest.mark.parametrize("kinds", [KINDS, np.arange(11), np.zeros(11, np.int64)])
@settings(max_examples=100, deadline=None)
@given(matrix=matrices())
def test_every_row_is_a_node_over_its_columns(kinds, matrix):
    found = two_trees(matrix, kinds)
    assert found is not None
    under = columns_under(found[0]) | columns_under(found[1])
    assert under == {row: set(matrix[[row]].indices.tolist()) for row in range(11)}


@settings(max_examples=100, deadline=None)
@given(matrix=matrices(), more=st.lists(st.booleans(), min_size=9, max_size=9))
def test_a_row_that_crosses_both_families_is_found_by_whichever_way(matrix, more):
    row = np.array([more[:matrix.shape[1]]], np.int8)
    crossed = sparse.csr_array(sparse.vstack([matrix, row], format="csr"))
    crossed.eliminate_zeros()
    by_kind, by_row = (two_trees(crossed, kinds) for kinds in (np.append(KINDS, 5), np.zeros(12, np.int64)))
    assert (by_kind is None) == (by_row is None)


def test_rows_of_one_kind_need_not_lie_side_by_side():
    matrix = sparse.csr_array(np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]], np.int8))
    layer = families._layer(matrix, np.array([0, 2]))
    assert layer is not None
    assert (layer.of_column.tolist(), layer.first.tolist()) == ([0, 2, -1, -1], [0, 1])
    assert families._layer(matrix, np.array([0, 1])) is None
