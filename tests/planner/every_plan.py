"""Every plan of a small problem, by trying each set of its arcs."""

from __future__ import annotations

import numpy as np
from hypothesis import assume

from matching.problem import INFINITE, Problem

MOST_ARCS = 11


def every_plan(problem: Problem) -> np.ndarray:
    """Return every x that the program admits, a row each; for programs of few arcs and no other columns."""
    program = problem.program
    n = program.n_columns
    assume(n == program.n_arcs <= MOST_ARCS)
    x = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    sums = (program.matrix @ x.T).T if n else np.zeros((1, program.n_rows), np.int64)
    low, high = program.row_lower, program.row_upper
    keeps = ((low <= -INFINITE) | (sums >= low)) & ((high >= INFINITE) | (sums <= high))
    return x[keeps.all(axis=1) & (x >= program.lower).all(axis=1) & (x <= program.upper).all(axis=1)]
