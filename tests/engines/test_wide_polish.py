"""A plan bettered by flows stays a plan, and gets better where a flow can make it so."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.synthetic import make
from scipy import sparse

from matching.engines.exact import is_feasible
from matching.engines.ledger import Ledger
from matching.engines.quick_plan import quick_plan
from matching.engines.quick_rows import sorted_rows
from matching.engines.wide_polish import polish
from matching.problem import INFINITE, Objective, Program, RowLabel, compile


def never():
    return False


def shares(cost, budget=None):
    """Two helpers, three others, one post each; of those placed two fifths are helpers; whoever is placed fills a seat.

    Columns: the helpers in posts 0 and 1, the others in posts 0 and 1.
    """
    columns = [(t, post) for t in range(5) for post in range(2)]
    each = np.array([[t == k for t, _ in columns] for k in range(5)], np.int64)
    posts = np.array([[post == k for _, post in columns] for k in range(2)], np.int64)
    share = np.array([[-3 if t < 2 else 2 for t, _ in columns]], np.int64)
    rows, upper = [each, posts, share], [*[1] * 5, 3, 3, 0]
    labels = [RowLabel(rule, str(k)) for k, rule in enumerate(["one"] * 5 + ["seats"] * 2 + ["share"])]
    if budget is not None:
        rows.append(np.array([[5 + post for _, post in columns]], np.int64))
        upper.append(budget)
        labels.append(RowLabel("budget", "plan"))
    matrix = sparse.csr_array(np.concatenate(rows))
    goals = (Objective("fill", -np.ones(10, np.int64), -1), Objective("points", np.array(cost, np.int64)))
    return Program(10, matrix, np.full(len(upper), -INFINITE), np.array(upper, np.int64), np.zeros(10, np.int64),
                   np.ones(10, np.int64), tuple(labels), goals)


def polished(program, arcs, charge=None):
    ledger = Ledger(program)
    fill, points = (goal.cost[:program.n_arcs] for goal in program.objectives)
    own = 1000 * fill + points
    polish(ledger, np.array(arcs, np.int64), own, np.zeros_like(own) if charge is None else charge, never)
    return ledger


def test_helpers_and_others_are_placed_anew():
    """All five are placed, in the posts that cost them less, though three of them begin in the dearer one."""
    ledger = polished(shares([1, 9, 1, 9, 9, 1, 9, 1, 9, 1]), [0, 1, 0, 1, 0, 0, 0, 0, 1, 0])
    assert ledger.values == (-5, 5)


def test_helpers_are_kept_whom_the_others_need():
    """A helper costs more than a seat is worth, but others are placed who would have to go with them."""
    ledger = polished(shares([5000, 9000, 1, 9, 9, 1, 9, 1, 9, 1]), [1, 0, 1, 0, 0, 1, 0, 1, 0, 1])
    assert ledger.values == (-5, 5004)


def test_a_sum_is_paid_for_and_kept_to():
    """Sixteen is enough for three seats of 5 and none of 6: the dearer post of those at hand is left."""
    program = shares([3, 1, 3, 1, 3, 1, 3, 1, 3, 1], budget=16)
    charge = 100 * np.array([5, 6] * 5, np.int64)
    ledger = polished(program, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], charge)
    assert ledger.x is not None
    assert is_feasible(program, ledger.x)
    assert ledger.values[0] <= -2


def test_a_start_that_is_no_plan_is_left_alone():
    assert polished(shares([0] * 10), [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]).x is None


def test_time_that_is_up_leaves_the_plan_to_begin_with():
    program = shares([1, 9] * 5)
    ledger = Ledger(program)
    arcs = np.array([0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    polish(ledger, arcs, np.zeros(10, np.int64), np.zeros(10, np.int64), lambda: True)
    assert ledger.values == (-1, 9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_quick_plan_is_bettered_and_stays_a_plan(seed):
    program = compile(*make("S", seed)).program
    quick = quick_plan(program, sorted_rows(program))
    start = Ledger(program)
    assert quick is not None
    assert start.offer(quick)
    ledger = polished(program, quick[:program.n_arcs])
    assert is_feasible(program, ledger.x)
    assert ledger.values <= start.values
