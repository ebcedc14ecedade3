"""Any test that asks for an `engine` runs on each."""

import pytest


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames and not any(
            "engine" in str(m.args[0]) for m in metafunc.definition.iter_markers("parametrize")):
        metafunc.parametrize("engine", ["highs", "cpsat", "cbc"])


@pytest.fixture
def knapsack():
    """Three columns, one row, two goals: the first is met in two ways, the second tells them apart.

    Each column weighs two, so that the default engine does not leave it to min-cost flow.
    """
    import numpy as np
    from scipy import sparse

    from matching.problem import INFINITE, Objective, Program, RowLabel

    ones = np.ones(3, np.int64)
    return Program(3, sparse.csr_array(np.array([[2, 2, 2]], np.int64)), np.array([-INFINITE]), np.array([4]), 0 * ones,
                   ones, (RowLabel("seats", "plan"),),
                   (Objective("fill", -np.array([2, 2, 2]), -1), Objective("points", np.array([5, 1, 3]))))


@pytest.fixture
def counted(knapsack):
    """The same, with each column counted once: a pure network."""
    from dataclasses import replace

    import numpy as np
    from scipy import sparse

    return replace(knapsack, matrix=sparse.csr_array(np.ones((1, 3), np.int64)), row_upper=np.array([2]))
