"""A program in parts is the program."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.engines.split import split
from tests.engines.blocks import block_programs, program

PROGRAMS = st.booleans().flatmap(lambda share: block_programs(share=share))


@settings(deadline=None, max_examples=60)
@given(PROGRAMS, st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_every_row_and_cost_is_the_sum_over_the_parts(one, most, seed):
    halves = split(one, most)
    assert len(halves.parts) <= most
    x = np.random.default_rng(seed).integers(0, 5, one.n_columns)
    activity, values = np.zeros(one.n_rows, np.int64), [0] * len(one.objectives)
    for k, part in enumerate(halves.parts):
        mine = x[part.columns]
        activity[part.rows] += part.program.matrix @ mine
        activity[halves.linking] += halves.coefficients(k) @ mine
        values = [v + int(goal.cost @ mine) for v, goal in zip(values, part.program.objectives, strict=True)]
    activity[halves.linking] += halves.links[:, halves.loose] @ x[halves.loose]
    assert activity.tolist() == (one.matrix @ x).tolist()
    assert values == [int(goal.cost @ x) - int(goal.cost[halves.loose] @ x[halves.loose]) for goal in one.objectives]


@settings(deadline=None, max_examples=60)
@given(PROGRAMS, st.integers(1, 5))
def test_the_parts_hold_every_column_and_row_once(one, most):
    halves = split(one, most)
    columns = np.concatenate([*(part.columns for part in halves.parts), halves.loose])
    rows = np.concatenate([*(part.rows for part in halves.parts), halves.linking])
    assert sorted(columns.tolist()) == list(range(one.n_columns))
    assert sorted(rows.tolist()) == list(range(one.n_rows))
    for k, part in enumerate(halves.parts):
        assert (halves.part_of[part.columns] == k).all()
        assert part.program.labels == tuple(one.labels[row] for row in part.rows)
        assert part.program.n_arcs == (part.columns < one.n_arcs).sum()


def test_small_groups_are_put_together_alike_in_size():
    sizes = [5, 3, 2, 2, 1, 1]
    rows = [[k == j for j, size in enumerate(sizes) for _ in range(size)] for k in range(6)]
    parts = split(program(rows, [0] * 6, [1] * 6, [[1] * 14], 14), 3).parts
    assert [part.program.n_arcs for part in parts] == [5, 5, 4]


def test_a_stored_zero_joins_nothing():
    one = program([[1, 1], [1, 1]], [0, 0], [1, 1], [[1, 1]], 2)
    zeros = sparse.csr_array((np.array([1, 0, 0, 1]), np.array([0, 1, 0, 1]), np.array([0, 2, 4])), shape=(2, 2))
    assert [part.columns.tolist() for part in split(replace(one, matrix=zeros)).parts] == [[0], [1]]


def test_constants_and_slack_stay_with_the_whole():
    one = program(np.eye(2), [0, 0], [1, 1], [[1, 1]], 2)
    one = replace(one, objectives=(replace(one.objectives[0], slack_amount=Fraction(1)),))
    assert [(p.program.objectives[0].constant, p.program.objectives[0].slack_amount) for p in split(one).parts] == [
        (0, 0), (0, 0)]
