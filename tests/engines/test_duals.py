"""Dual prices bound what a change of a program can bring."""

from __future__ import annotations

import math

import numpy as np
import pytest

from matching import engines
from matching.engines.change import Change, changed
from matching.engines.duals import Duals, attained
from matching.problem.program import INFINITE, Objective, Program, RowLabel
from matching.problem.rows import Rows


def assignment(seats, teachers=4):
    """Teachers to two posts; filling is worth 1, the second post costs 2 a teacher."""
    rows = Rows(2 * teachers)
    each, arcs = np.arange(teachers), np.arange(2 * teachers)
    rows.add_rows("one-post", [f"T{t}" for t in each], [(arcs // 2, arcs, 1)], -INFINITE, 1)
    rows.add_rows("seats", ["N0", "N1"], [(arcs % 2, arcs, 1)], -INFINITE, np.array(seats))
    fill, points = np.full(2 * teachers, -1, np.int64), 1 + 2 * (arcs % 2)
    return rows.program((Objective("fill", fill, -1), Objective("points", points)))


def seats_of(program: Program, post: str, seats: int) -> Change:
    row = program.labels.index(RowLabel("seats", post))
    return Change(rows=np.array([row]), row_lower=np.array([-INFINITE]), row_upper=np.array([seats]))


@pytest.mark.parametrize(("post", "seats", "change"), [
    ("N0", 2, (-1,)), ("N0", 0, (1,)), ("N1", 3, (-1,)), ("N1", 2, (0, 0)), ("N1", 1, (1,))])
def test_each_side_is_bounded_on_its_own(post, seats, change):
    program = assignment([1, 2])
    found = engines.solve(program, in_process=True)
    duals = Duals(program, attained(program, [goal.best for goal in found.goals]))
    other = changed(program, seats_of(program, post, seats))
    for _ in range(2):
        assert duals.beyond(other, bounds_alone=True) == change
    rough = duals.beyond(other, bounds_alone=False)
    assert rough <= change


def test_without_time_there_are_no_prices_and_the_bound_still_holds():
    program = assignment([1, 2])
    duals = Duals(program, attained(program, [3, 7]), -math.inf)
    assert duals.beyond(program, bounds_alone=True) <= (0, 0)


@pytest.mark.parametrize(("seats", "of_teachers", "of_seats"), [([1, 2], 0, 1), ([3, 2], 1, 0), ([2, 2], 0, 0)])
def test_prices_of_one_more_are_not_those_of_one_fewer(seats, of_teachers, of_seats):
    program = assignment(seats)
    found = engines.solve(program, in_process=True)
    duals = Duals(program, attained(program, [goal.best for goal in found.goals]))
    for rule, worth in (("one-post", of_teachers), ("seats", of_seats)):
        rows = np.array([row for row, label in enumerate(program.labels) if label.rule == rule])
        more = duals.eased(rows)
        assert (-more.prices[rows] / more.scale == worth).all()
        assert more.bound == -found.goals[0].best
