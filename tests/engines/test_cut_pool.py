"""Cuts that rest on a goal's limit: they hold where it is as tight, and are freed where it is looser."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matching.engines.cut_pool import CutPool
from matching.engines.halves import odd_sums
from matching.engines.rounding import Combinations, cuts_of, joined, rows_of
from matching.engines.system import system_of
from matching.engines.tableau import broken_sums
from tests.engines.blocks import FREE
from tests.engines.tight import SETTINGS, relaxed, system, tight_programs, whole

LIMITS = st.lists(st.integers(-8, 12), max_size=2)


def _grown(pool, limits, cost):
    """Add the cuts that the optimum of the pool's relaxation within `limits` violates, as a solve does."""
    held = pool.within(limits)
    optimum = relaxed(held, cost)
    if optimum is not None:
        highs, x = optimum
        sums = joined(odd_sums(held, x), broken_sums(highs, np.arange(held.n_rows)))
        cuts = cuts_of(held, x, sums)
        pool.add(cuts.matrix, cuts.lower, pool.resting_on_limits(sums)[cuts.number], limits,
                 rows_of(sums, cuts.number))


@SETTINGS
@given(tight_programs(), st.lists(LIMITS, min_size=1, max_size=4), st.lists(LIMITS, min_size=1, max_size=3))
def test_within_any_limits_the_cuts_that_hold_lose_no_whole_x(program, grown_at, asked):
    first = system_of(program)
    pool = CutPool(first)
    for limits in grown_at:
        _grown(pool, limits, first.cost(min(len(limits), 1)))
        for those in ([], limits, *asked):
            assert whole(pool.within(those)).tolist() == whole(first.held(those)).tolist()


@SETTINGS
@given(tight_programs(), st.lists(LIMITS, min_size=1, max_size=3), LIMITS, st.integers(0, 3))
def test_what_holds_within_some_limits_holds_within_tighter_ones_and_more(program, grown_at, asked, tighter):
    first = system_of(program)
    pool = CutPool(first)
    for limits in grown_at:
        _grown(pool, limits, first.cost(min(len(limits), 1)))
    for closer in ([limit - tighter for limit in asked], [*asked, 0]):
        assert np.all(pool.holding(closer) | ~pool.holding(asked))


@st.composite
def turns(draw):
    """A program's system and up to three others of its rows and columns within other bounds."""
    first = system_of(draw(tight_programs()))
    n_rows = first.n_rows - first.n_goals
    each = st.lists(st.sampled_from((0, 0, 0, 1, -1)), min_size=n_rows, max_size=n_rows)
    narrower = st.lists(st.sampled_from((0, 0, 0, 1)), min_size=first.n_columns, max_size=first.n_columns)
    found = [first]
    for _ in range(draw(st.integers(1, 3))):
        more, fewer = np.array(draw(each) + [0] * first.n_goals), np.array(draw(narrower))
        found.append(replace(
            first, upper=np.maximum(first.lower, first.upper - fewer),
            row_lower=np.where(first.row_lower == -FREE, -FREE, first.row_lower - np.maximum(more, 0)),
            row_upper=np.where(first.row_upper == FREE, FREE, first.row_upper + more)))
    return found


@SETTINGS
@given(turns(), LIMITS)
def test_after_turns_to_other_bounds_no_whole_x_of_theirs_is_lost(systems, limits):
    pool = CutPool(systems[0])
    for k, now in enumerate([*systems, systems[0]]):
        if k:
            pool.turn_to(now)
        _grown(pool, limits, now.cost(min(len(limits), 1)))
        for those in ([], limits, [0, 0]):
            assert whole(pool.within(those)).tolist() == whole(now.held(those)).tolist()


def test_a_cut_holds_again_where_bounds_are_as_tight_again():
    tight = system([[1, 1]], [-FREE], [1], [1, 1], [1, 1])
    loose = replace(tight, row_upper=np.array([2, FREE]))
    pool = CutPool(tight)
    pool.add(sparse.csr_array(np.array([[-1, -1]])), np.array([-1]), np.array([False]), [])
    held = []
    for now in (loose, tight):
        pool.turn_to(now)
        held.append(pool.holding([]).tolist())
    assert held == [[False], [True]]
    assert pool.within([]).row_lower.tolist() == [-FREE, -1, -FREE]


def test_a_cut_holds_where_only_rows_are_looser_that_it_is_not_made_of():
    """The last cut is made of the first one and the second row."""
    before = system([[1, 1], [1, 0], [0, 1]], [-FREE] * 3, [1, 1, 1], [1, 1], [2, 2])
    pool = CutPool(before)
    row = sparse.csr_array(np.array([[-1, -1]]))
    for of in (np.array([0]), None, np.array([3, 1])):
        pool.add(row, np.array([-1]), np.array([False]), [], None if of is None else [of])
    holding = []
    for looser in range(3):
        row_upper = before.row_upper.copy()
        row_upper[looser] += 1
        pool.turn_to(replace(before, row_upper=row_upper))
        holding.append(pool.holding([]).tolist())
    assert holding == [[False, False, False], [True, False, False], [True, False, True]]


def _pool():
    """One cut for all limits, one made with the first goal at 5, one with the goals at 5 and 3."""
    pool = CutPool(system([[1, 1]], [-FREE], [2], [1, 1], [1, 1]))
    for row, conditional, limits in (([1, 0], False, [5]), ([0, 1], True, [5]), ([1, 1], True, [5, 3])):
        pool.add(sparse.csr_array(np.array([row])), np.array([1]), np.array([conditional]), limits)
    return pool


def test_a_cut_holds_where_the_limits_are_as_tight():
    holding = {limits: _pool().holding(limits).tolist() for limits in ((), (6,), (5,), (4,), (4, 4), (6, 3), (5, 3))}
    assert holding == {(): [True, False, False], (6,): [True, False, False], (5,): [True, True, False],
                       (4,): [True, True, False], (4, 4): [True, True, False], (6, 3): [True, False, False],
                       (5, 3): [True, True, True]}


def test_cuts_that_do_not_hold_are_freed_and_stay_where_they_are():
    pool = _pool()
    assert pool.within([6]).row_lower.tolist()[1:4] == [1, -FREE, -FREE]
    assert pool.within([4]).row_lower.tolist()[1:4] == [1, 1, -FREE]
    assert pool.within([4]).row_upper.tolist()[1:] == [FREE, FREE, FREE, 4]
    assert pool.within([]).matrix.toarray().tolist() == [[1, 1], [1, 0], [0, 1], [1, 1], [1, 1]]


def test_what_is_made_of_a_cut_rests_on_what_that_does():
    """Each row by itself: the program's, three cuts, the goal's."""
    each = Combinations(*(np.array(v) for v in ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [1] * 5, [2] * 5)))
    assert _pool().resting_on_limits(each).tolist() == [False, False, True, True, True]
    both = Combinations(*(np.array(v) for v in ([0, 0, 1, 1], [0, 1, 1, 2], [1] * 4, [2] * 2)))
    assert _pool().resting_on_limits(both).tolist() == [False, True]


def test_without_cuts_it_is_the_system_held():
    first = system([[1, 1]], [-FREE], [2], [1, 1], [1, 1])
    pool = CutPool(first)
    assert pool.holding([3]).tolist() == []
    assert pool.within([]) is first
    assert pool.within([3]).row_upper.tolist() == [2, 3]
