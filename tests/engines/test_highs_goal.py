"""One goal on HiGHS."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from scipy import sparse

from matching.engines import highs_goal, narrowing
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines.system import system_of
from matching.problem.program import INFINITE, Objective, Program, RowLabel
from tests.engines.tight import ALONE, SETTINGS, tight_programs, whole


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


def test_what_presolve_would_aggregate_away_is_found():
    """HiGHS 1.14.0 with all its rules of presolve says that the second goal has no better than 3."""
    rows = [[2, 2, 2, 2] + [0] * 11, [0] * 4 + [1, 1, 2] + [0] * 8, [0] * 7 + [1, 1, 1] + [0] * 5,
            [0] * 7 + [1, 2, 2] + [0] * 5, [0] * 10 + [1] * 4 + [0], [1] * 14 + [-3],
            [0] * 4 + [-1, 0, 0, 0, -1, 0, 0, 0, 0, -1, 1]]
    first, second = np.zeros(15, np.int64), np.zeros(15, np.int64)
    first[[4, 6, 8, 9, 13]] = -1
    second[8] = -1
    program = Program(14, sparse.csr_array(np.array(rows)), np.full(7, -INFINITE), np.array([1, 1, 2, 3, 1, 0, 0]),
                      np.zeros(15, np.int64), np.array([1] * 14 + [14]),
                      tuple(RowLabel(f"rule-{k}", "") for k in range(7)),
                      (Objective("first", first, constant=3), Objective("second", second, constant=3)))
    ledger = Ledger(program)
    settings = Settings(0, 1, math.inf)
    assert lexicographic(ledger, GoalSearch(program, settings), settings) == "done"
    assert ledger.values == (0, 2)


@SETTINGS
@given(tight_programs(binary=True))
def test_a_large_program_for_which_a_plan_a_step_up_is_sought_first_has_the_same_best(made):
    every = whole(system_of(made))
    ledger = Ledger(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highs_goal, "LARGE", 0)
        patch.setattr(narrowing, "FEWEST_COLUMNS", 1)
        verdict = lexicographic(ledger, GoalSearch(made, ALONE), ALONE)
    if not len(every):
        assert verdict == "infeasible"
        return
    best = min(tuple(int(o.cost @ x) + o.constant for o in made.objectives) for x in every)
    assert (verdict, ledger.values, tuple(ledger.bounds)) == ("done", best, best)
