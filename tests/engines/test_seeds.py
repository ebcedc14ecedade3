"""The columns to begin with: enough for any flow, few of many, and what is found from them is best over all."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import seeds as module
from matching.engines.extension import extended
from matching.engines.goal_costs import GoalCosts
from matching.engines.relaxation import Relaxation
from matching.engines.seeds import seeds
from tests.engines.blocks import FREE, program
from tests.engines.tight import ALONE, SETTINGS

MOST = 6


@st.composite
def counting_programs(draw):
    """Teachers by posts: one post each, seats, a floor of a county's posts, and a share that is no plain count."""
    n_left, n_right = draw(st.integers(2, MOST)), draw(st.integers(2, MOST))
    teacher, post = (end.ravel() for end in np.indices((n_left, n_right)))
    n = len(teacher)
    seats = [draw(st.integers(1, 2)) for _ in range(n_right)]
    helper = np.isin(teacher, draw(st.sets(st.integers(0, n_left - 1))))
    rows = [*(teacher == t for t in range(n_left)), *(post == p for p in range(n_right)), post < n_right // 2,
            np.where(helper, -2, 1)]
    floor = draw(st.integers(0, 1)) if n_right > 3 else 0
    lower = [*[-FREE] * (n_left + n_right), floor, -FREE]
    upper = [*[1] * n_left, *seats, FREE, 0]
    costs = [np.full(n, -1), np.array(draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)))]
    return program(rows, lower, upper, costs, n)


def _begun(made, monkeypatch, least):
    with monkeypatch.context() as patch:
        patch.setattr(module, "MANY_ARCS", 0)
        patch.setattr(module, "LEAST", least)
        extension = extended(made)
        goals = GoalCosts(made.objectives, extension.system)
        return extension, goals.blend(0), seeds(made, extension, goals.blend(0)).columns


@SETTINGS
@given(counting_programs(), st.integers(0, 2))
def test_what_is_best_over_all_columns_is_found_from_them(made, least):
    with pytest.MonkeyPatch.context() as patch:
        extension, cost, core = _begun(made, patch, least)
    every = np.ones(extension.system.n_columns, np.bool_)
    found = [Relaxation(extension.system, begun, ALONE).solve([cost], [], math.inf) for begun in (core, every)]
    assert found[0].outcome == found[1].outcome
    if found[0].outcome == "optimal":
        assert found[0].certificate.bound == found[1].certificate.bound


def test_of_many_arcs_few_are_chosen_and_those_that_the_counts_alone_would_use_are(monkeypatch):
    n = 12
    teacher, post = (end.ravel() for end in np.indices((n, n)))
    rows = [*(teacher == t for t in range(n)), *(post == p for p in range(n))]
    cost = 10 * np.abs(teacher - post) - 100
    made = program(rows, [-FREE] * 2 * n, [1] * 2 * n, [cost], n * n)
    _, _, core = _begun(made, monkeypatch, 2)
    assert core[:n * n][teacher == post].all()
    assert core[:n * n].sum() < n * n // 2


def test_of_very_many_arcs_fewer_at_each_end_are_chosen(monkeypatch):
    n = 12
    teacher, post = (end.ravel() for end in np.indices((n, n)))
    rows = [*(teacher == t for t in range(n)), *(post == p for p in range(n))]
    made = program(rows, [-FREE] * 2 * n, [1] * 2 * n, [10 * np.abs(teacher - post) - 100], n * n)
    monkeypatch.setattr(module, "LEAST_OF_LARGE", 1)
    _, _, of_many = _begun(made, monkeypatch, 4)
    monkeypatch.setattr(module, "LARGE", n * n)
    _, _, of_very_many = _begun(made, monkeypatch, 4)
    assert of_very_many[:n * n][teacher == post].all()
    assert of_very_many[:n * n].sum() < of_many[:n * n].sum()


def test_where_rules_cross_the_larger_ones_are_the_network(monkeypatch):
    rows = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0]]
    made = program(rows, [-FREE] * 6, [1] * 6, [[-4, -3, -3, -1]], 4)
    extension, cost, core = _begun(made, monkeypatch, 1)
    found = [Relaxation(extension.system, begun, ALONE).solve([cost], [], math.inf)
             for begun in (core, np.ones_like(core))]
    assert found[0].certificate.bound == found[1].certificate.bound


@pytest.mark.parametrize("cost", [2**41, 1])
def test_where_the_flow_cannot_be_had_all_columns_are_at_hand(monkeypatch, cost):
    too_many = [2] if cost == 1 else [-FREE]
    made = program([[1, 1], [1, 1]], [*too_many, -FREE], [2, 1], [[-cost, -cost]], 2)
    _, _, core = _begun(made, monkeypatch, 0)
    assert core.all()
