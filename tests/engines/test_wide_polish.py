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
from matching.engines.wide_network import network_of
from matching.engines.wide_polish import SumPrices, Worth, polish, worth
from matching.engines.wide_prices import Priced, Prices
from matching.problem import INFINITE, Objective, Program, RowLabel, compile
from matching.problem.wide import wide


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


def polished(program, x, charge=None, over=never):
    ledger = Ledger(program)
    fill, points = (goal.cost[:program.n_arcs] for goal in program.objectives)
    own = 1000 * fill + points
    cost = Worth(own, np.zeros_like(own) if charge is None else charge)
    polish(ledger, np.array(x, np.int64), cost, SumPrices(), over)
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


def one_of_each(fill, taken, budget):
    """A helper and another, two posts each; whoever is placed fills a post's seats and takes of the budget."""
    rows = [[1, 1, 0, 0], [0, 0, 1, 1], [-3, -3, 2, 2], taken]
    labels = tuple(RowLabel(rule, "") for rule in ("one", "other", "share", "budget"))
    goals = (Objective("fill", -np.array(fill, np.int64), -1), Objective("points", np.zeros(4, np.int64)))
    return Program(4, sparse.csr_array(np.array(rows, np.int64)), np.full(4, -INFINITE),
                   np.array([1, 1, 0, budget], np.int64), np.zeros(4, np.int64), np.ones(4, np.int64), labels, goals)


def test_what_the_one_half_leaves_of_a_sum_is_the_others():
    """Neither half does better with what it has of the budget; at one price the helper leaves five for the other."""
    taken = [6, 1, 4, 9]
    ledger = polished(one_of_each([2, 1, 1, 5], taken, 10), [1, 0, 1, 0], 500 * np.array(taken, np.int64))
    assert ledger.values == (-6, 0)
    assert ledger.x.tolist() == [0, 1, 0, 1]


def test_prices_of_sums_are_steered_to_where_as_much_is_taken_as_there_is():
    prices = SumPrices()
    for _ in range(3):
        prices.take(0.3 * (0.96 - prices.part))
    assert prices.part == pytest.approx(0.96)
    prices.anew()
    prices.take(0.3)
    assert prices.part == pytest.approx(0.96 * 1.1)


@pytest.mark.parametrize("over", [0.0, 0.01, -0.01])
def test_prices_that_change_nothing_move_by_little(over):
    prices = SumPrices()
    for _ in range(3):
        before = prices.part
        prices.take(over)
        assert abs(prices.part - before) <= 0.011 * before


def test_a_goal_before_counts_once_more_at_the_prices_of_its_own_search():
    whole = wide(*make("M", 1))
    priced = Priced(whole, network_of(whole.blocks, np.diff(whole.arcs.start), whole.arcs.n_needs))
    none, nodes = priced.no_prices(), np.zeros(priced.network.n_nodes, np.int64)
    budget = next(k for k, block in enumerate(priced.blocks) if block.matrix.data.min() > 1)
    charged = tuple(row + 7 * (k == budget) for k, row in enumerate(none))
    arcs = np.arange(0, len(whole.arcs), 3)
    fill, points = (cost[arcs].astype(np.int64) for cost in whole.costs)
    last = Prices(4, 1, (1884,), none, nodes)
    found = worth(priced, [Prices(60, 0, (), charged, nodes), last], arcs)
    assert np.array_equal(found.own, np.rint(2 * 1884 * fill + 4 * points))
    assert (found.charge > 0).all()
    assert not worth(priced, [Prices(60, 0, (), none, nodes), last], arcs).charge.any()


def test_time_that_is_up_leaves_the_plan_to_begin_with():
    program = shares([1, 9] * 5)
    ledger = polished(program, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], over=lambda: True)
    assert ledger.values == (-1, 9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_quick_plan_is_bettered_and_stays_a_plan(seed):
    program = compile(*make("S", seed)).program
    quick = quick_plan(program, sorted_rows(program))
    start = Ledger(program)
    assert quick is not None
    assert start.offer(quick)
    ledger = polished(program, quick)
    assert is_feasible(program, ledger.x)
    assert ledger.values <= start.values
