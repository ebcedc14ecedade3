"""The price of a row that links provinces: below the best of its Lagrangean dual, and near it."""

from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import linking_price as module
from matching.engines import seeds as seeding
from matching.engines.extension import extended
from matching.engines.flow import FlowFailedError
from matching.engines.linking_price import CLOSE, linking_price
from matching.engines.seeds import seeds
from tests.engines.provinces import budgeted, posts_of
from tests.engines.tight import SETTINGS


def _priced(made, monkeypatch):
    monkeypatch.setattr(seeding, "MANY_ARCS", 0)
    extension = extended(made)
    return seeds(made, extension, extension.system.cost(0)).priced


def _plans(made):
    """Every choice of at most one post for each teacher that keeps to all seats, one a row; the budget is left out."""
    n = made.n_columns
    every = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return every[np.all(every @ made.matrix[:-1].toarray().T <= made.row_upper[:-1], axis=1)]


@SETTINGS
@given(budgeted(), st.integers(0, 30))
def test_the_dual_at_the_price_is_a_bound_and_no_worse_than_none(made, limit):
    with pytest.MonkeyPatch.context() as patch:
        priced = _priced(made, patch)
    row, every = made.matrix[-1:].toarray()[0], _plans(made)
    price = linking_price(priced, np.ones(made.n_columns, np.bool_), row, limit)
    cost, used = every @ made.objectives[0].cost, every @ row
    best = max(_dual(cost, used, limit, tried) for tried in _breaks(cost, used))
    assert _dual(cost, used, limit, 0) - 1e-9 <= _dual(cost, used, limit, price) <= best + 1e-9
    assert best - _dual(cost, used, limit, price) <= 2 * CLOSE * max(price, 1) * row.sum() + 1e-9


def _dual(cost, used, limit, price):
    return float((cost + price * (used - limit)).min())


def _breaks(cost, used):
    """Every price at which two plans cost the same, and 0: the dual is highest at one of them."""
    least = {u: cost[used == u].min() for u in np.unique(used).tolist()}
    pairs = ((a, b) for a in least for b in least if a < b and least[a] > least[b])
    return [0.0, *(float((least[a] - least[b]) / (b - a)) for a, b in pairs)]


def test_without_a_price_where_the_flow_keeps_to_the_row(monkeypatch):
    made = posts_of([[5]], [[3]], 3)
    priced = _priced(made, monkeypatch)
    assert linking_price(priced, np.ones(1, np.bool_), np.array([3]), 3) == 0


def test_a_price_a_little_below_that_at_which_the_dearer_post_is_given_up(monkeypatch):
    """Two provinces of one: 8,000 for 4 of the budget, 3,000 for 3. Of 4 it goes, at 1,000."""
    made = posts_of([[8000], [3000]], [[4], [3]], 4)
    priced = _priced(made, monkeypatch)
    price = linking_price(priced, np.ones(2, np.bool_), np.array([4, 3]), 4)
    assert 1000 * (1 - CLOSE) <= price < 1000


def test_a_little_beyond_the_row_is_near_enough(monkeypatch):
    """Of 4,999 flows at half of what each is worth use 5,000, which is near enough: there is no second price."""
    made = posts_of([[8000], [300]], [[5000], [3000]], 4999)
    priced, solver = _priced(made, monkeypatch), Mock(wraps=module._flows)
    monkeypatch.setattr(module, "_flows", solver)
    price = linking_price(priced, np.ones(2, np.bool_), np.array([5000, 3000]), 4999)
    assert price == solver.call_args.args[1]
    assert solver.call_count == 1


@pytest.mark.parametrize("given_up", [{"return_value": None}, {"side_effect": FlowFailedError}])
def test_where_the_solver_gives_up_there_is_no_price(monkeypatch, given_up):
    made = posts_of([[8000], [3000]], [[4], [3]], 4)
    priced = _priced(made, monkeypatch)
    monkeypatch.setattr(module, "cheapest", Mock(**given_up))
    assert linking_price(priced, np.ones(2, np.bool_), np.array([4, 3]), 4) == 0


def test_nor_where_costs_are_beyond_the_solver(monkeypatch):
    made = posts_of([[8000], [3000]], [[4], [3]], 4)
    priced = _priced(made, monkeypatch)
    monkeypatch.setattr(module, "LARGEST_COST", 1)
    assert linking_price(priced, np.ones(2, np.bool_), np.array([4, 3]), 4) == 0
