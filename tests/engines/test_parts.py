"""A program solved in parts."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matching import engines
from matching.engines.exact import is_feasible
from matching.engines.ledger import Ledger
from matching.engines.parts import Fractional, solve_parts
from matching.engines.process import Ending
from matching.engines.settings import Settings
from matching.engines.side_by_side import one_by_one, side_by_side
from matching.engines.split import split
from tests.engines.blocks import FREE, block_programs, program

ENDLESS = Settings(0, 1, math.inf)


def relax(one, chosen):
    bounds = np.clip(np.array([one.row_lower, one.row_upper]), -1e9, 1e9)
    relaxed = linprog(one.objectives[0].cost, np.vstack([one.matrix.toarray(), -one.matrix.toarray()]),
                      np.concatenate([bounds[1], -bounds[0]]), bounds=np.array([one.lower, one.upper]).T)
    return Fractional(relaxed.x) if relaxed.status == 0 else None


def in_parts(one, run=one_by_one, most=64):
    ledger = Ledger(one)
    return ledger, solve_parts(ledger, split(one, most), ENDLESS, relax, run=run)


def whole(one):
    solution = engines.solve(one, in_process=True, workers=1)
    return [goal.best for goal in solution.goals], solution.status


def closed(ledger):
    while not ledger.done:
        assert ledger.proven
        ledger.close()
    return [goal.best for goal in ledger.outcomes()]


@settings(deadline=None, max_examples=40)
@given(block_programs(most_links=0), st.integers(1, 4))
def test_without_links_the_parts_best_is_the_best_of_the_whole(one, most):
    assume(not len(split(one, most).linking))
    ledger, found = in_parts(one, most=most)
    best, status = whole(one)
    assert found.exact
    assert found.verdict == {"optimal": "done", "infeasible": "infeasible"}[status]
    if status == "optimal":
        assert closed(ledger) == best
    else:
        assert found.without


@settings(deadline=None, max_examples=40)
@given(st.booleans().flatmap(lambda share: block_programs(share=share)))
def test_with_links_the_plan_is_one_of_the_whole_and_no_bound_exceeds_the_best(one):
    ledger, found = in_parts(one)
    best, status = whole(one)
    if ledger.x is not None:
        assert is_feasible(one, ledger.x)
        assert list(ledger.values) >= best
    if found.verdict == "infeasible":
        assert status == "infeasible"
    if status == "optimal":
        assert ledger.bounds[0] <= best[0]
    if found.exact and found.verdict == "done":
        assert closed(ledger) == best


PAIRS = [[1, 1, 0, 0], [0, 0, 1, 1]]


def pairs(link, bound, costs=((-1, -1, -1, -1), (1, 2, 3, 4)), upper=(1, 1)):
    return program([*PAIRS, link], [0, 0, -FREE], [*upper, bound], costs, 4)


def test_a_budget_is_shared_out():
    ledger, found = in_parts(pairs([2, 1, 1, 2], 2))
    assert (found.verdict, found.exact, found.without) == ("done", False, ())
    assert ledger.x.tolist() == [0, 1, 1, 0]
    assert ledger.goal == 0


def test_a_coupling_that_is_slack_is_no_row_and_the_plan_is_proven():
    one = pairs([1, 1, 1, 1], 3)
    ledger, found = in_parts(one)
    assert (found.verdict, found.exact) == ("done", True)
    assert closed(ledger) == whole(one)[0] == [1, 7]


def test_a_coupling_without_a_price_that_is_broken_is_shared_out_after_all():
    one = pairs([1, 1, 1, 1], 1)
    ledger = Ledger(one)
    free = Fractional(np.zeros(4), np.zeros(3))
    found = solve_parts(ledger, split(one), ENDLESS, lambda *_: free, run=one_by_one)
    assert (found.verdict, found.exact) == ("done", False)
    assert ledger.x.sum() == 1


def test_a_part_that_cannot_be_is_said():
    odd = [[1, 1, 0, 0], [0, 0, 2, 2], [1, 1, 1, 1]]
    one = program(odd, [0, 3, -FREE], [1, 3, 3], [[1] * 4], 4)
    ledger, found = in_parts(one)
    assert (found.verdict, found.without, ledger.x) == ("infeasible", (1,), None)


def test_that_the_relaxation_has_no_answer_is_said():
    one = pairs([1, 1, 1, 1], 1)
    found = solve_parts(Ledger(one), split(one), ENDLESS, lambda *_: None, run=one_by_one)
    assert (found.verdict, found.without) == ("stopped", (0, 1))


def test_with_slack_only_the_first_goals_bound_is_of_the_whole():
    one = program(PAIRS, [0, 0], [1, 1], [(-5, -5, -5, -5), (1, 2, 3, 4)], 4)
    one = replace(one, objectives=(replace(one.objectives[0], slack_amount=Fraction(5)), one.objectives[1]))
    ledger, found = in_parts(one)
    assert found.exact
    assert ledger.values == (-7, 7)
    assert ledger.bounds[0] == -7
    assert ledger.bounds[1] < 5


def test_worker_processes_give_what_this_one_gives():
    one = pairs([2, 1, 1, 2], 2)
    here, there = in_parts(one), in_parts(one, run=side_by_side)
    assert there[0].x.tolist() == here[0].x.tolist()
    assert there[1].verdict == here[1].verdict


def test_a_part_that_time_cut_short_is_worked_again_while_there_is_time():
    runs = []

    def cutting_short(ledgers, engine, chosen, stop, heard):
        runs.append([ledger.program.n_arcs for ledger in ledgers])
        endings = one_by_one(ledgers, engine, chosen, stop, heard)
        return [Ending("stopped")] * len(ledgers) if len(runs) == 1 else endings

    one = program(PAIRS, [0, 0], [1, 1], [(-5, -5, -5, -5), (1, 2, 3, 4)], 4)
    ledger, found = in_parts(one, run=cutting_short)
    assert (found.verdict, runs) == ("done", [[2, 2], [2, 2]])
    assert closed(ledger) == whole(one)[0]


def test_parts_begin_with_a_known_plan_so_that_none_is_without_one():
    def gives_up(ledgers, engine, chosen, stop, heard):
        assert [ledger.x.tolist() for ledger in ledgers] == [[0, 1], [1, 0]]
        heard(0, Ending("stopped"))
        return [Ending("stopped")] * 2

    one = pairs([2, 1, 1, 2], 2)
    ledger = Ledger(one)
    ledger.offer(np.array([0, 1, 1, 0]))
    found = solve_parts(ledger, split(one), ENDLESS, lambda *_: Fractional(ledger.x.astype(float)), run=gives_up)
    assert (found.verdict, found.without) == ("stopped", ())
    assert ledger.x.tolist() == [0, 1, 1, 0]
