"""Solved again under changes, a program gives what it gives when solved anew."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import engines
from matching.engines import class_sums, narrowing, near_limits, resolver
from matching.engines.change import Change, changed
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.resolver_worker import KeptSearch
from matching.engines.settings import Settings
from matching.problem.program import Objective
from tests.engines.blocks import FREE, block_programs, program
from tests.engines.test_bounds import SETTINGS

ALONE = Settings(0, 1, math.inf)


@st.composite
def changes(draw, of):
    """Some columns held at one of their ends, some rows moved by a little, either way."""
    columns = np.flatnonzero(draw(st.lists(st.booleans(), min_size=of.n_columns, max_size=of.n_columns)))
    ends = np.array(draw(st.lists(st.integers(0, 1), min_size=len(columns), max_size=len(columns))), np.int64)
    rows = np.flatnonzero(draw(st.lists(st.booleans(), min_size=of.n_rows, max_size=of.n_rows)))
    by = np.array(draw(st.lists(st.integers(-1, 2), min_size=len(rows), max_size=len(rows))), np.int64)
    lower, upper = of.row_lower[rows], of.row_upper[rows]
    bounded = np.abs(upper) < 2**62
    moved = np.where(bounded, np.maximum(upper + by, np.maximum(lower, -100)), upper)
    return Change(columns, ends, ends, rows, lower, moved)


@st.composite
def programs_and_changes(draw):
    of = draw(block_programs(share=True))
    return of, draw(st.lists(changes(of), min_size=1, max_size=4))


def answer(ledger, search):
    verdict = lexicographic(ledger, search, ALONE)
    return verdict, ledger.values, tuple(ledger.bounds) if ledger.x is not None else ()


@SETTINGS
@given(programs_and_changes())
def test_one_search_turned_to_change_after_change_answers_as_new_ones_do(drawn):
    of, several = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "FEWEST_COLUMNS", 1)
        search = GoalSearch(of, ALONE)
        answer(Ledger(of), search)
        for change in several:
            now = changed(of, change)
            search.turn_to(now, ALONE)
            assert answer(Ledger(now), search) == answer(Ledger(now), GoalSearch(now, ALONE))


@SETTINGS
@given(programs_and_changes())
def test_a_kept_program_answers_as_new_ones_do_whatever_was_asked_before(drawn):
    of, several = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_sums, "FEWEST_ENTRIES", 2)
        kept, answers = KeptSearch(of), {}
        for change in [*several, *reversed(several)]:
            now = changed(of, change)
            ledger = Ledger(now)
            verdict = kept.solve(ledger, ALONE)
            found = verdict, ledger.values, tuple(ledger.bounds) if ledger.x is not None else ()
            assert found == answer(Ledger(now), GoalSearch(now, ALONE))
            plan = None if ledger.x is None else ledger.x.tolist()
            assert answers.setdefault(str(change), plan) == plan


@st.composite
def programs_and_forced(draw):
    """A program of three goals, and choices of columns that are to be at one."""
    of = draw(block_programs(share=True))
    middle = draw(st.lists(st.integers(-2, 2), min_size=of.n_arcs, max_size=of.n_arcs))
    first, last = of.objectives
    cost = np.append(np.array(middle, np.int64), 0)
    of = replace(of, objectives=(first, Objective("middle", cost, constant=1), last))
    ends = st.lists(st.integers(0, of.n_arcs - 1), min_size=1, max_size=3, unique=True)
    return of, draw(st.lists(ends, min_size=1, max_size=4))


@pytest.mark.parametrize("steps", [1, near_limits.MOST_STEPS])
@SETTINGS
@given(drawn=programs_and_forced())
def test_what_is_forced_into_a_plan_costs_what_solving_anew_says(steps, drawn):
    of, several = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_limits, "MOST_STEPS", steps)
        kept = KeptSearch(of)
        for columns in several:
            one = np.ones(len(columns), np.int64)
            now = changed(of, Change(np.array(columns), one, one))
            ledger, cold = Ledger(now), Ledger(now)
            assert kept.solve(ledger, ALONE) == lexicographic(cold, GoalSearch(now, ALONE), ALONE)
            assert ledger.values == cold.values
            assert ledger.x is None or ledger.bounds == cold.bounds


def test_a_goal_may_be_better_where_one_before_it_is_worse():
    of = program([[1, 1, 0], [0, 0, 1]], [-FREE] * 2, [1, 1], [[-2, -1, -1], [2, 0, 0], [0, 1, -1]], 3)
    one = np.ones(1, np.int64)
    kept, ledgers = KeptSearch(of), [Ledger(of), Ledger(changed(of, Change(one, one, one)))]
    for ledger in ledgers:
        assert kept.solve(ledger, ALONE) == "done"
    assert [ledger.values for ledger in ledgers] == [(0, 5, 2), (1, 3, 3)]


def test_a_tie_is_broken_alike_whatever_was_asked_before(monkeypatch):
    monkeypatch.setattr(class_sums, "FEWEST_ENTRIES", 2)
    blocks = np.repeat([0, 2, 3, 4], [2, 4, 3, 2])
    counts = [np.append(blocks == k, 0) for k in (0, 0, 2, 3, 4)]
    share = [[*[1] * 11, -3], [*[0] * 10, -1, 1]]
    cost = np.zeros(12, np.int64)
    cost[[0, 2, 6]] = -1, -3, -3
    of = program([*counts, [*[1] * 11, 0], *share], [-FREE] * 8, [1, 1, 1, 1, 1, 23, 0, 0], [cost, 0 * cost], 11,
                 [1] * 11 + [11])
    nothing = np.zeros(1, np.int64)
    fewer = Change(np.array([3]), nothing, nothing, np.array([6]), np.array([-FREE]), np.array([-1]))
    other = Change(np.array([2]), nothing, nothing, nothing[:0], nothing[:0], nothing[:0])
    kept, plans = KeptSearch(of), []
    for change in (fewer, other, other, fewer):
        ledger = Ledger(changed(of, change))
        kept.solve(ledger, ALONE)
        plans.append(ledger.x.tolist())
    assert plans[0] == plans[3]


@SETTINGS
@given(programs_and_changes(), st.integers(1, 2))
def test_where_a_goal_may_give_up_a_little_its_best_is_told_all_the_same(drawn, slack):
    of, several = drawn
    first, *others = of.objectives
    of = replace(of, objectives=(replace(first, slack_amount=Fraction(slack)), *others))
    kept = KeptSearch(of)
    for change in [Change(), *several]:
        now = changed(of, change)
        ledger, cold = Ledger(now), Ledger(now)
        assert kept.solve(ledger, ALONE) == lexicographic(cold, GoalSearch(now, ALONE), ALONE)
        assert ledger.outcomes() == cold.outcomes()


def staffed(teachers=6, seats=4):
    """Each of the teachers at one of the seats, three of four seats filled only with one of the first two teachers."""
    arcs = [(t, n) for t in range(teachers) for n in range(seats)]
    one_post = [[int(t == k) for t, _ in arcs] for k in range(teachers)]
    one_seat = [[int(n == k) for _, n in arcs] for k in range(seats)]
    share = [[1 - 3 * int(t < 2) for t, _ in arcs]]
    costs = [[-1] * len(arcs), [(3 * t + 5 * n) % 7 for t, n in arcs]]
    return program(one_post + one_seat + share, [-2**62] * (teachers + seats + 1), [1] * (teachers + seats) + [0],
                   costs, len(arcs))


def test_a_resolver_answers_as_solve_does_and_goes_back():
    of = staffed()
    away = engines.without(np.arange(4))
    looser = Change(rows=np.array([10]), row_lower=np.array([-2**62]), row_upper=np.array([4]))
    with engines.Resolver(of, workers=1) as resolver:
        for change in (Change(), away, looser, Change()):
            cold = engines.solve(changed(of, change), in_process=True, workers=1)
            assert resolver.solve(change).goals == cold.goals


def test_another_program_is_solved_as_anew_whatever_differs():
    of = staffed()
    dearer = program(of.matrix.toarray(), of.row_lower, of.row_upper,
                     [of.objectives[0].cost, of.objectives[1].cost[::-1]], of.n_arcs)
    with engines.Resolver(of, workers=1) as resolver:
        for other in (changed(of, engines.without(np.arange(4))), dearer, of):
            assert resolver.solve_other(other).goals == engines.solve(other, workers=1).goals


def test_a_known_solution_is_not_searched_for_again():
    of = staffed()
    known = engines.solve(of, in_process=True, workers=1)
    with engines.Resolver(of, workers=1, known=known) as resolver:
        assert resolver.solve().goals == known.goals
        cold = engines.solve(changed(of, engines.without(np.arange(4))), in_process=True, workers=1)
        assert resolver.solve(engines.without(np.arange(4))).goals == cold.goals


def test_a_plan_that_a_change_leaves_is_known_to_be_the_best_without_a_search(monkeypatch):
    of = staffed()
    known = engines.solve(of, in_process=True, workers=1)
    idle = np.flatnonzero(known.x == 0)[:3]
    tighter = Change(rows=np.array([10]), row_lower=np.array([-2**62]),
                     row_upper=np.array([(of.matrix @ known.x)[10]]))
    monkeypatch.setattr(resolver, "Worker", None)
    with engines.Resolver(of, workers=1, known=known) as solver:
        for change in (Change(), engines.without(idle), tighter):
            found = solver.solve(change)
            assert found.goals == engines.solve(changed(of, change), in_process=True, workers=1).goals
            assert found.x.tolist() == known.x.tolist()


def test_a_network_is_solved_too():
    of = program([[1, 1, 0], [0, 1, 1]], [0, 0], [1, 1], [[-1, -1, -1]], 3)
    with engines.Resolver(of) as resolver:
        assert resolver.solve(engines.without(np.array([0]))).goals[0].best == 3 - 1


def test_where_nothing_is_feasible_any_more_it_is_said_and_the_next_is_solved():
    of = staffed()
    called_for = Change(rows=np.array([6]), row_lower=np.array([1]), row_upper=np.array([1]))
    nobody = engines.without(np.flatnonzero(of.matrix[[6]].toarray()[0]))
    with engines.Resolver(of, workers=1) as resolver:
        assert resolver.solve(Change(*nobody[:3], *called_for[3:])).status == "infeasible"
        assert resolver.solve().status == "optimal"


def test_a_stop_ends_the_solve_and_the_next_one_begins_anew():
    of = staffed()
    stop = threading.Event()
    stop.set()
    with engines.Resolver(of, workers=1) as resolver:
        assert resolver.solve(stop=stop).stopped == "user"
        assert resolver.solve().status == "optimal"


def test_a_process_that_waits_is_used_once_and_ended_where_nobody_takes_it():
    of = staffed()
    with engines.Waiting() as waiting:
        with engines.Resolver(of, workers=1, waiting=waiting) as resolver:
            assert resolver.solve().status == "optimal"
        assert waiting.take() is None
        with engines.Resolver(of, workers=1, waiting=waiting) as another:
            assert another.solve().status == "optimal"
    with engines.Waiting() as waiting:
        process = waiting._worker._process
    assert process.returncode is not None
