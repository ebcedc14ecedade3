"""What falls apart, and what links it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engines.components import components
from tests.engines.blocks import FREE, block_programs, program


def groups(one):
    found = components(one.matrix, one.n_arcs)
    return found.columns.tolist(), found.rows.tolist(), found.sizes.tolist()


def test_what_shares_no_row_is_apart():
    rows = [[1, 0, 0, 1, 0], [0, 1, 1, 0, 0], [0, 0, 0, 0, 1]]
    assert groups(program(rows, [0] * 3, [1] * 3, [[1] * 5], 5)) == ([0, 1, 1, 0, 2], [0, 1, 2], [2, 2, 1])


def test_a_row_over_all_is_taken_out():
    blocks = np.kron(np.eye(3, dtype=np.int64), [1, 1])
    both = program(np.vstack([blocks, [[5] * 6]]), [0] * 4, [1, 1, 1, 9], [[1] * 6], 6)
    assert groups(both) == ([0, 0, 1, 1, 2, 2], [0, 1, 2, -1], [2, 2, 2])


def test_a_wide_row_over_what_hangs_together_links_nothing():
    n = 40
    chain = np.eye(n - 1, n, dtype=np.int64) + np.eye(n - 1, n, 1, dtype=np.int64)
    whole = program(np.vstack([chain, np.ones((1, n))]), [0] * n, [1] * n, [[1] * n], n)
    assert groups(whole) == ([0] * n, [0] * n, [n])


def test_the_whole_number_of_a_share_is_loose():
    rows = [[1, 1, 0, 0, 0], [0, 0, 1, 1, 0], [1, 1, 1, 1, -5], [-1, 0, -1, 0, 1]]
    assert groups(program(rows, [-FREE] * 4, [1, 1, 0, 0], [[1] * 5], 4)) == ([0, 0, 1, 1, -1], [0, 1, -1, -1], [2, 2])


def test_a_cap_on_columns_that_stand_for_arcs_links_those():
    visits = [[1, 1, 0, 0, -2, 0], [0, 0, 1, 1, 0, -2], [0, 0, 0, 0, 1, 1]]
    found = groups(program(visits, [-FREE] * 3, [0, 0, 1], [[1] * 6], 4))
    assert found == ([0, 0, 1, 1, 0, 1], [0, 1, -1], [2, 2])


def test_no_columns_and_no_rows_are_no_groups():
    assert groups(program(np.zeros((1, 0)), [0], [1], [[]], 0)) == ([], [0], [])
    assert groups(program(np.zeros((1, 2)), [0], [1], [[1, 1]], 2)) == ([0, 1], [0], [1, 1])


@settings(deadline=None, max_examples=60)
@given(st.booleans().flatmap(lambda share: block_programs(share=share)))
def test_a_row_touches_its_own_group_and_loose_columns_only_linking_rows(one):
    found = components(one.matrix, one.n_arcs)
    assert (found.columns[:one.n_arcs] >= 0).all()
    assert found.sizes.tolist() == np.bincount(found.columns[:one.n_arcs]).tolist()
    for row, own in enumerate(found.rows.tolist()):
        touched = set(found.columns[one.matrix[[row]].indices].tolist())
        assert own < 0 or touched == {own}
