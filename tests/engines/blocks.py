"""Small programs that fall into blocks but for a few rows."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from matching.problem import INFINITE, Objective, Program, RowLabel

FREE = int(INFINITE)


def program(matrix, lower, upper, costs, n_arcs, most=None):
    matrix = np.array(matrix, np.int64).reshape(len(lower), -1)
    n = matrix.shape[1]
    return Program(n_arcs, sparse.csr_array(matrix), np.array(lower, np.int64), np.array(upper, np.int64),
                   np.zeros(n, np.int64), np.ones(n, np.int64) if most is None else np.array(most, np.int64),
                   tuple(RowLabel(f"rule-{k}", "") for k in range(len(lower))),
                   tuple(Objective(f"goal-{k}", np.array(cost, np.int64), constant=3) for k, cost in enumerate(costs)))


@st.composite
def block_programs(draw, most_links=2, share=False):
    """Blocks of one to four arcs with one or two rows each; links over all arcs; a share adds a column and two rows."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    n, further = sum(sizes), int(share)

    def numbers(low, high):
        return np.array(draw(st.lists(st.integers(low, high), min_size=n, max_size=n)) + [0] * further)

    rows, lower, upper = [], [], []
    for k, size in enumerate(sizes):
        for _ in range(draw(st.integers(1, 2))):
            row = np.zeros(n + further, np.int64)
            row[sum(sizes[:k]):][:size] = draw(st.lists(st.integers(1, 2), min_size=size, max_size=size))
            rows.append(row)
            lower.append(draw(st.sampled_from([-FREE, -FREE, 1])))
            upper.append(draw(st.integers(1, 3)))
    for _ in range(draw(st.integers(0, most_links))):
        rows.append(numbers(1, 3))
        lower.append(-FREE)
        upper.append(draw(st.integers(0, 3 * n)))
    if share:
        rows += [np.r_[np.ones(n), -3], np.r_[-numbers(0, 1)[:n], 1]]
        lower += [-FREE, -FREE]
        upper += [0, 0]
    return program(rows, lower, upper, [numbers(-3, 0), numbers(-4, 4)], n, [1] * n + [n] * further)
