"""The relaxation, where simplex breaks down, with columns to price in, and below a cutoff."""

import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import simplex
from matching.engines.narrowing import beyond
from matching.engines.propagation import propagated
from matching.engines.relaxation import Relaxation
from matching.engines.system import system_of
from tests.engines.blocks import FREE
from tests.engines.tight import ALONE, SETTINGS, tight_programs, whole
from tests.engines.tight import system as fixed


def _over_all(system):
    return Relaxation(system, np.ones(system.n_columns, np.bool_), ALONE)


def _breaking_down_once(monkeypatch):
    told, real = [], simplex.ended
    monkeypatch.setattr(simplex, "ended", lambda highs: told.append(real(highs)) or (
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


SOLVES = st.lists(st.tuples(st.lists(st.integers(-8, 12), max_size=1), st.integers(-8, 12), st.booleans()),
                  min_size=1, max_size=4)
"""Limits, a cutoff of the goal after them, and whether to hold to it."""


def _bound(relaxed):
    """Return the bound that a relaxation proves; infinite where it says that there is no plan."""
    assert relaxed.outcome in ("optimal", "infeasible")
    return relaxed.certificate.bound if relaxed.certificate else math.inf


def _least(every, cost):
    return int((every @ cost).min()) if len(every) else math.inf


@SETTINGS
@given(tight_programs(), SOLVES, st.lists(st.booleans(), min_size=6, max_size=6))
def test_below_a_cutoff_or_not_no_solve_is_spoilt_by_those_before(program, solves, core):
    system = system_of(program)
    relaxation = Relaxation(system, np.array(core[:system.n_columns]), ALONE)
    for limits, cutoff, below in solves:
        cost = system.cost(len(limits))
        every = whole(system.held([*limits, cutoff] if below else limits))
        relaxed = (relaxation.solve_below(cost, limits, cutoff, system, math.inf) if below
                   else relaxation.solve([cost], limits, math.inf))
        assert _bound(relaxed) <= _least(every, cost)


def _covering(*rows_of_columns):
    """Three rows that want a column each, the first two of which are at hand."""
    matrix = np.array([[row in rows for rows in rows_of_columns] for row in range(3)], np.int64)
    n = len(rows_of_columns)
    system = fixed(matrix, [1, 1, 1], [FREE] * 3, [1] * n, [1] * n)
    return system, Relaxation(system, np.arange(n) < 2, ALONE)


def test_where_columns_at_hand_leave_no_point_only_those_that_mend_it_come_in():
    system, relaxation = _covering({0}, {1}, {2}, {0, 1}, {0}, {1})
    relaxed = relaxation.solve([system.cost(0)], [], math.inf)
    assert relaxed.certificate.bound == 2
    assert len(relaxation.basis.col_status) < system.n_columns


def test_and_none_where_no_column_does():
    system, relaxation = _covering({0}, {1}, {0}, {0, 1}, {1})
    assert relaxation.solve([system.cost(0)], [], math.inf).outcome == "infeasible"
    assert len(relaxation.basis.col_status) == 2


@SETTINGS
@given(tight_programs(), SOLVES)
def test_after_any_solves_the_system_within_limits_admits_what_it_did(program, solves):
    system = system_of(program)
    relaxation = _over_all(system)
    for limits, cutoff, below in solves:
        cost = system.cost(len(limits))
        if below:
            relaxation.solve_below(cost, limits, cutoff, system, math.inf)
        else:
            relaxation.solve([cost], limits, math.inf)
        for those in ([], limits, [*limits, cutoff], [*limits, cutoff + 2]):
            assert whole(relaxation.within(those)).tolist() == whole(system.held(those)).tolist()


@SETTINGS
@given(tight_programs(), st.integers(-8, 12), st.integers(0, 6))
def test_below_a_cutoff_among_what_such_plans_leave(program, limit, above):
    """The columns are fixed by prices, the cuts that this gives hold for no looser cutoff."""
    system = system_of(program)
    relaxation = _over_all(system)
    cost, first = system.cost(1), relaxation.solve([system.cost(1)], [limit], math.inf)
    if first.certificate is None:
        return
    cutoff = math.ceil(first.certificate.bound) + above
    among = propagated(beyond(relaxation.within([limit]), first.certificate, cutoff))
    every = whole(system.held([limit, cutoff]))
    if among is None:
        assert not len(every)
        return
    below = relaxation.solve_below(cost, [limit], cutoff, among, math.inf)
    assert _bound(below) <= _least(every, cost)
    assert whole(relaxation.within([limit, cutoff])).tolist() == every.tolist()
    assert _bound(relaxation.solve([cost], [limit], math.inf)) <= _least(whole(system.held([limit])), cost)
    assert whole(relaxation.within([limit])).tolist() == whole(system.held([limit])).tolist()


def _cycle(length):
    """A cycle of so many, no two neighbours together; the relaxation sends half of each."""
    ring = np.eye(length, dtype=np.int64)
    return fixed(ring + np.roll(ring, 1, axis=1), [-FREE] * length, [1] * length, [-1] * length, [1] * length)


def test_an_odd_cycle_of_halves_is_closed():
    cycle = _cycle(5)
    relaxed = _over_all(cycle).solve([cycle.cost(0)], [], math.inf)
    assert relaxed.certificate.bound == -2
    assert math.isclose(relaxed.x.sum(), 2)


def test_cuts_of_a_cutoff_do_not_stay_without_it():
    """Five in a cycle, two at most; below 0 nobody goes, and after that two may again."""
    cycle = _cycle(5)
    relaxation = _over_all(cycle)
    nobody = cycle.bounded(cycle.lower, np.zeros(5, np.int64))
    assert relaxation.solve_below(cycle.cost(0), [], -1, nobody, math.inf).outcome in ("optimal", "infeasible")
    assert relaxation.solve([cycle.cost(0)], [], math.inf).certificate.bound == -2


def test_it_may_begin_below_a_cutoff():
    cycle = _cycle(5)
    relaxed = _over_all(cycle).solve_below(cycle.cost(0), [], -1, cycle, math.inf)
    assert relaxed.certificate.bound == -2


def test_columns_that_are_not_at_hand_are_priced_in_below_a_cutoff_too():
    cycle = _cycle(5)
    relaxation = Relaxation(cycle, np.arange(5) < 2, ALONE)
    among = cycle.bounded((np.arange(5) == 4).astype(np.int64), cycle.upper)
    relaxed = relaxation.solve_below(cycle.cost(0), [], -1, among, math.inf)
    assert relaxed.certificate.bound == -2
    assert relaxed.x[4] == 1


def test_within_no_limits_and_without_cuts_it_is_the_system():
    cycle = _cycle(4)
    relaxation = _over_all(cycle)
    assert relaxation.within([]) is cycle is relaxation.system


def test_where_time_is_up_between_rounds_of_cuts_the_last_optimum_counts(monkeypatch):
    system = fixed([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [-FREE] * 3, [1] * 3, [-1, -1, -1], [1] * 3)
    alone = _over_all(system).solve([system.cost(0)], [], math.inf)
    runs, real = [], Relaxation._run

    def once(self, *words, **options):
        runs.append(1)
        return real(self, *words, **options) if len(runs) == 1 else "stopped"

    monkeypatch.setattr(Relaxation, "_run", once)
    stopped = _over_all(system).solve([system.cost(0)], [], math.inf)
    assert len(runs) > 1
    assert (stopped.outcome, alone.certificate.bound) == ("optimal", -1)
    assert stopped.certificate.bound == Fraction(-3, 2)
    assert stopped.x.tolist() == [0.5, 0.5, 0.5]
