"""The default engine on a program in parts."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import engines
from matching.engines.all_parts import AllParts
from matching.engines.by_parts import ByParts, has_parts
from matching.engines.couplings import couplings
from matching.engines.exact import is_feasible
from matching.engines.highs import Highs
from matching.engines.ledger import Ledger
from matching.engines.leftovers import Leftovers
from matching.engines.settings import Settings
from matching.engines.side_by_side import one_by_one
from matching.engines.split import split
from tests.engines.blocks import FREE, block_programs, program

ENDLESS = Settings(0, 1, math.inf)
LINKED = st.booleans().flatmap(lambda share: block_programs(share=share))


def in_parts(one, too_many=0, run=one_by_one, chosen=ENDLESS):
    ledger = Ledger(one)
    return ledger, Highs(0, too_many, run).run(ledger, chosen)


def whole(one):
    solution = engines.solve(one, engine="cpsat", in_process=True, workers=1)
    return [goal.best for goal in solution.goals], solution.status


def said(ledger):
    return [goal.best for goal in ledger.outcomes()], [goal.bound for goal in ledger.outcomes()]


@settings(deadline=None, max_examples=40)
@given(LINKED)
def test_its_plan_is_feasible_and_its_bounds_are_never_beaten(one):
    ledger, verdict = in_parts(one)
    best, status = whole(one)
    assert (verdict == "infeasible") == (status == "infeasible")
    if status == "infeasible":
        return
    values, bounds = said(ledger)
    assert verdict == "done"
    assert is_feasible(one, ledger.x)
    assert values >= best
    assert bounds[0] <= best[0]
    if values[0] == best[0]:
        assert bounds[1] <= best[1]
    if values == bounds:
        assert values == best


@settings(deadline=None, max_examples=30)
@given(LINKED)
def test_what_the_parts_leave_open_is_searched_for_where_the_whole_is_small_enough(one):
    ledger, verdict = in_parts(one, too_many=math.inf)
    best, status = whole(one)
    assert verdict == {"optimal": "done", "infeasible": "infeasible"}[status]
    if status == "optimal":
        assert said(ledger) == (best, best)


def linked(bound):
    rows = [[1, 1, 0, 0], [0, 0, 1, 1], [2, 1, 1, 2]]
    return program(rows, [0, 0, -FREE], [1, 1, bound], [(-1, -1, -1, -1), (1, 2, 3, 4)], 4)


def test_the_second_goals_bound_counts_what_the_first_is_held_at():
    ledger, verdict = in_parts(linked(2))
    assert (verdict, said(ledger)) == ("done", ([1, 8], [1, 8]))


@pytest.mark.parametrize(("weights", "fill", "points", "budget", "best"), [
    ([3, 2, 1, 3, 4, 3, 4, 2, 4], [3, 3, 2, 1, 3, 2, 3, 2, 2], [0, 4, 5, 6, 7, 1, 5, 7, 2], 9, [-5, 13]),
    ([4, 5, 4, 2, 2, 3, 3, 5, 3, 4, 4, 1], [3, 3, 2, 2, 1, 1, 3, 2, 3, 2, 2, 2], [2, 3, 5, 6, 3, 4, 0, 8, 0, 7, 6, 1],
     8, [-5, 6])])
def test_what_sharing_out_loses_is_found_by_whole_plans_at_prices(weights, fill, points, budget, best):
    blocks = np.kron(np.eye(len(weights) // 3, dtype=int), [1, 1, 1])
    one = program(np.vstack([blocks, weights]), [0] * len(blocks) + [-FREE], [1] * len(blocks) + [budget],
                  [[-f for f in fill], points], len(weights))
    ledger, verdict = in_parts(one)
    assert (verdict, said(ledger)) == ("done", (best, best))


def test_worker_processes_give_what_this_one_gives():
    from matching.engines.side_by_side import side_by_side

    here, there = in_parts(linked(3)), in_parts(linked(3), run=side_by_side, chosen=Settings(0, 2, math.inf))
    assert there[0].x.tolist() == here[0].x.tolist()
    assert said(there[0]) == said(here[0])


def test_time_that_is_up_is_said():
    assert in_parts(linked(2), chosen=Settings(0, 1, time.monotonic() - 1))[1] == "stopped"


def test_a_program_whose_goals_ask_for_what_links_the_parts_is_not_worked_in_parts():
    one = program([[1, 0, 0], [0, 1, 0], [1, 1, -1]], [0, 0, -FREE], [1, 1, 0], [(-2, -2, 1)], 2, [1, 1, 2])
    assert len(split(one).parts) == 2
    assert not has_parts(split(one))
    ledger, verdict = in_parts(one)
    assert (verdict, said(ledger)[0]) == ("done", [1])


def test_the_relaxation_pays_what_one_more_is_worth():
    one = program([[1, 1, 0, 0], [0, 0, 1, 1], [2, 2, 2, 2]], [0, 0, -FREE], [1, 1, 3], [(-4, -1, -6, -2)], 4)
    halves = split(one)
    found = couplings(halves, np.zeros(4))
    relaxation = AllParts(halves, found, ENDLESS)
    priced = relaxation.blended(math.inf)
    bounds: list[Fraction] = []
    relaxation.bound(0, [], bounds.append, math.inf)
    assert priced.x @ one.objectives[0].cost == pytest.approx(max(bounds))
    assert (found.matrix @ priced.x <= found.upper + 1e-6).all()


def test_slack_lets_the_second_goal_have_the_less_of_the_first():
    one = linked(3)
    one = replace(one, objectives=(replace(one.objectives[0], slack_amount=Fraction(1)), one.objectives[1]))
    ledger, _ = in_parts(one, too_many=math.inf)
    assert said(ledger)[0] == whole(one)[0]


def test_what_is_left_over_goes_to_parts_that_lost_by_rounding():
    one = linked(3)
    halves, ledger = split(one), Ledger(one)
    found, none = couplings(halves, np.zeros(4)), np.zeros(2, np.int64)
    leftovers = Leftovers(ledger, halves, found, np.full(4, 0.5), [none, none])
    leftovers.give_out(one_by_one, "highs", ENDLESS)
    assert is_feasible(one, ledger.x)
    assert ledger.values[0] == whole(one)[0][0]


def test_nothing_is_worked_again_where_nothing_is_left_over():
    one = linked(2)
    halves, ledger = split(one), Ledger(one)
    plans = [np.array([1, 0]), np.array([0, 0])]
    Leftovers(ledger, halves, couplings(halves, np.zeros(4)), np.ones(4), plans).give_out(None, "highs", ENDLESS)
    assert ledger.x is None


def test_without_time_for_prices_shares_are_those_of_the_plan_in_hand():
    one = program([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 2, 2]], [-FREE] * 3, [2, 2, 4], [[-1, -1, -2, -2]], 4)
    work = ByParts(Ledger(one), split(one), Settings(0, 1, time.monotonic()), one_by_one)
    assert not work._point(time.monotonic()).x.any()
    work._ledger.offer(np.array([1, 1, 1, 0]))
    assert work._point(time.monotonic()).x.tolist() == [1, 1, 1, 0]
