"""Small programs of provinces that only a budget links."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy.linalg import block_diag

from tests.engines.blocks import FREE, program


def posts_of(worth, paid, budget, seats=1):
    """Return teachers by posts in each province, what a placement there is worth and paid; a post for each teacher.

    Parameters
    ----------
    worth, paid : of each province, numbers of one teacher after the other, as many as there are posts for each
    """
    rows = block_diag(*(_counts(len(of)) for of in worth))
    n = rows.shape[1]
    every = np.vstack([rows, np.concatenate(paid)])
    upper = [1 if sum(row) == row.max() else seats for row in rows] + [budget]
    return program(every, [-FREE] * len(every), upper, [-np.concatenate(worth), np.arange(n)], n)


def _counts(n):
    """Two teachers, or one, by posts: a row for each teacher and for each post."""
    teachers = 2 if n % 2 == 0 else 1
    teacher, post = (end.ravel() for end in np.indices((teachers, n // teachers)))
    return np.array([*(teacher == t for t in range(teachers)), *(post == p for p in range(n // teachers))], np.int64)


@st.composite
def budgeted(draw):
    """Two or three provinces of one or two teachers and posts; the budget may be too small for all, or not.

    What a placement is worth is in thousands: prices are found to a unit. None is paid 1: the budget is no plain count.
    """
    sizes = draw(st.lists(st.sampled_from([1, 2, 4]), min_size=2, max_size=3))
    worth = [draw(st.lists(st.integers(1000, 20_000), min_size=n, max_size=n)) for n in sizes]
    paid = [draw(st.lists(st.integers(2, 6), min_size=n, max_size=n)) for n in sizes]
    return posts_of(worth, paid, draw(st.integers(1, sum(map(sum, paid)))))
