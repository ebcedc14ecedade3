"""One plan of each part, the best that fit together."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engines.best_choice import best_choice
from matching.engines.by_price import Point
from matching.engines.couplings import couplings
from matching.engines.settings import Settings
from matching.engines.split import split
from tests.engines.blocks import FREE, block_programs, program


def point(part, plan):
    return Point.of(part, np.array(plan))


def by_hand(halves, found, costs, plans):
    """The best values of the goals in order over all choices, None where no choice fits."""
    values = []
    for choice in product(*plans):
        x = np.zeros(halves.whole.n_columns, np.int64)
        for part, plan in zip(halves.parts, choice, strict=True):
            x[part.columns] = plan
        if (found.matrix @ x <= found.upper).all():
            values.append([int(cost @ x) for cost in costs])
    return min(values, default=None)


@settings(deadline=None, max_examples=60)
@given(block_programs(), st.data())
def test_it_is_the_best_of_all_choices(one, data):
    halves = split(one)
    found = couplings(halves, np.zeros(one.n_columns))
    costs = [goal.cost for goal in one.objectives]
    plans = [data.draw(st.lists(st.lists(st.integers(0, 1), min_size=len(part.columns), max_size=len(part.columns)),
                                min_size=1, max_size=3)) for part in halves.parts]
    points = [point(k, plan) for k, some in enumerate(plans) for plan in some]
    chosen = best_choice(halves, found, costs, points, Settings(0, 1))
    best = by_hand(halves, found, costs, plans)
    if best is None:
        assert chosen is None
        return
    assert all(mine.tolist() in some for mine, some in zip(chosen, plans, strict=True))
    assert by_hand(halves, found, costs, [[plan] for plan in chosen]) == best


def test_a_plan_known_twice_is_one_choice():
    one = program([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]], [-FREE] * 3, [1, 1, 1], [(-2, -1, -2, -3)], 4)
    halves = split(one)
    points = [point(0, [1, 0]), point(0, [0, 0]), point(0, [1, 0]), point(1, [0, 1]), point(1, [0, 0])]
    chosen = best_choice(halves, couplings(halves, np.zeros(4)), [one.objectives[0].cost], points, Settings(0, 1))
    assert [plan.tolist() for plan in chosen] == [[0, 0], [0, 1]]
