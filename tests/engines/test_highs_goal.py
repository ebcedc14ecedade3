"""One goal on HiGHS."""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse

from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import INFINITE, Objective, Program, RowLabel


def test_a_goal_that_the_first_plan_attains_needs_no_relaxation():
    costs = (np.array([0, 0, 1]), np.array([-1, -2, 0]))
    program = Program(2, sparse.csr_array(np.array([[1, 1, 0]])), np.array([-INFINITE]), np.array([1]),
                      np.zeros(3, np.int64), np.ones(3, np.int64), (RowLabel("r", "plan"),),
                      tuple(Objective(str(k), cost) for k, cost in enumerate(costs)))
    ledger = Ledger(program)
    search = GoalSearch(program, Settings(0, 1, math.inf))
    assert search.minimise(ledger, math.inf) == "solved"
    assert search._relaxation._highs is None
    ledger.close()
    assert search.minimise(ledger, math.inf) == "solved"
    assert ledger.values == (0, -2)
