"""The relaxation, where simplex breaks down, and with columns to price in."""

import math

import numpy as np

from matching.engines import relaxation
from matching.engines.relaxation import Relaxation
from matching.engines.settings import Settings
from matching.engines.system import system_of


def _over_all(system):
    return Relaxation(system, np.ones(system.n_columns, np.bool_), Settings(0, 1, math.inf))


def _breaking_down_once(monkeypatch):
    told, real = [], relaxation.ended
    monkeypatch.setattr(relaxation, "ended", lambda highs: told.append(real(highs)) or (
        "failed" if len(told) == 1 else told[-1]))
    return told


def test_where_simplex_breaks_down_interior_point_decides(knapsack, monkeypatch):
    told = _breaking_down_once(monkeypatch)
    system = system_of(knapsack)
    relaxed = _over_all(system).solve([system.cost(0)], [], math.inf)
    assert len(told) == 2
    assert (relaxed.outcome, relaxed.certificate.bound) == ("optimal", -4)


def test_and_so_it_is_told_that_nothing_is_feasible(knapsack, monkeypatch):
    _breaking_down_once(monkeypatch)
    system = system_of(knapsack)
    beyond_reach = [-7]
    relaxed = _over_all(system).solve([system.cost(0)], beyond_reach, math.inf)
    assert relaxed.outcome == "infeasible"
