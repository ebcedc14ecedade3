"""Couplings, what each part may use of them, and the plans put together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engines.couplings import couplings
from matching.engines.exact import is_feasible
from matching.engines.shared_out import amounts, joined, shared, used
from matching.engines.split import split
from tests.engines.blocks import FREE, block_programs, program

PROGRAMS = st.booleans().flatmap(lambda share: block_programs(share=share))
SEEDS = st.integers(0, 2**32 - 1)
PAIRS = [[1, 1, 0, 0], [0, 0, 1, 1]]


def linked(link, lower, upper):
    return program([*PAIRS, link], [0, 0, lower], [2, 2, upper], [[1, 1, 1, 1]], 4)


def stated(one, x=None):
    found = couplings(split(one), np.zeros(one.n_columns) if x is None else np.array(x, float))
    return found.matrix.toarray().tolist(), found.upper.tolist(), [label.rule for label in found.labels]


def test_a_budget_is_stated_in_its_own_units():
    assert stated(linked([10, 5, 5, 10], -FREE, 17)) == ([[2, 1, 1, 2]], [3], ["rule-2"])


def test_a_floor_is_a_negative_cap():
    assert stated(linked([1, 1, 1, 1], 3, FREE)) == ([[-1, -1, -1, -1]], [-3], ["rule-2"])


def test_what_cannot_bind_is_left_out():
    assert stated(linked([1, 1, 1, 1], 0, 4)) == ([], [], [])


def share():
    rows = [[*pair, 0] for pair in PAIRS] + [[1, 1, 1, 1, -5], [-1, 0, -1, 0, 1]]
    return program(rows, [0, 0, -FREE, -FREE], [2, 2, 0, 0], [[0] * 5], 4, [1, 1, 1, 1, 4])


def test_the_whole_number_of_a_share_is_eliminated():
    assert stated(share()) == ([[-4, 1, -4, 1, 0]], [0], ["rule-2"])


def soft():
    return program([[*pair, 0] for pair in PAIRS] + [[1, 1, 1, 1, 1]], [0, 0, 3], [2, 2, FREE], [[0, 0, 0, 0, 7]], 4,
                   [1, 1, 1, 1, 4])


def test_what_a_soft_rule_falls_short_is_kept_from_the_relaxation():
    assert stated(soft(), [1, 0.4, 0, 0, 1.6]) == ([[-1, -1, -1, -1, 0]], [-1], ["rule-2"])


@pytest.mark.parametrize(("bound", "x", "given"), [
    (2, [0.6, 0, 1, 0.4], [1, 1]),
    (3, [1, 0.5, 1, 0.5], [2, 1]),
    (3, [0, 0, 1, 1], [1, 2]),
    (1, [1, 1, 1, 1], [1, 0]),
])
def test_the_remainder_goes_to_the_largest_the_first_of_equals(bound, x, given):
    one = linked([1, 1, 1, 1], -FREE, bound)
    halves = split(one)
    shares = amounts(halves, couplings(halves, np.array(x)), np.array(x, float))
    assert shares.sum() == bound
    assert shares.tolist()[0] == given


@settings(deadline=None, max_examples=80)
@given(PROGRAMS, SEEDS)
def test_amounts_add_up_to_the_bound_and_are_next_to_what_is_used(one, seed):
    halves = split(one)
    x = np.random.default_rng(seed).random(one.n_columns) * one.upper
    found = couplings(halves, x)
    shares = amounts(halves, found, x)
    assert shares.sum(axis=1).tolist() == found.upper.tolist()
    tight = found._replace(upper=np.floor(used(halves, found, x).sum(axis=1)).astype(np.int64))
    assert (np.abs(amounts(halves, tight, x) - used(halves, found, x)) < 2).all()


@settings(deadline=None, max_examples=80)
@given(PROGRAMS, SEEDS)
def test_whole_plans_under_the_amounts_fit_together(one, seed):
    halves, random = split(one), np.random.default_rng(seed)
    found = couplings(halves, np.zeros(one.n_columns))
    shares = amounts(halves, found, random.random(one.n_columns))
    xs = [random.integers(0, 2, part.program.n_columns) for part in halves.parts]
    programs = list(shared(halves, found, shares))
    whole = joined(halves, xs)
    assert whole is None or is_feasible(one, whole)
    if all(is_feasible(program, x) for program, x in zip(programs, xs, strict=True)):
        assert whole is not None


@settings(deadline=None, max_examples=80)
@given(PROGRAMS, SEEDS)
def test_the_couplings_hold_for_every_plan_of_the_whole(one, seed):
    halves = split(one)
    found = couplings(halves, np.zeros(one.n_columns))
    for x in np.random.default_rng(seed).integers(0, one.upper + 1, (50, one.n_columns)):
        if is_feasible(one, x):
            assert (found.matrix @ x <= found.upper).all()


def test_the_whole_number_of_a_share_is_found_again():
    assert joined(split(share()), [np.array([1, 1]), np.array([0, 1])]).tolist() == [1, 1, 0, 1, 1]
    assert joined(split(share()), [np.array([0, 1]), np.array([0, 1])]) is None


def test_a_soft_rule_falls_no_shorter_than_it_must():
    assert joined(split(soft()), [np.array([1, 0]), np.array([0, 0])]).tolist() == [1, 0, 0, 0, 2]
